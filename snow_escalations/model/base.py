"""What all models share: they are frozen and refuse what they do not know."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen record; an unknown key is an error, so that a misspelt one cannot be lost in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, ser_json_timedelta="float")
