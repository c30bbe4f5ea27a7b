"""What `settings.yaml` may say."""

import os
from typing import Literal

from pydantic import Field, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from snow_escalations.model import Model
from snow_escalations.secrets import is_reference
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.options import Retries, Timeouts
from snow_escalations.settings.addresses import instance_address, proxy_address
from snow_escalations.settings.environment import PREFIX, EnvironmentSource, variables
from snow_escalations.triage.calendars import Calendars
from snow_escalations.triage.evidence import WeighingSettings
from snow_escalations.triage.reading import ReadingSettings
from snow_escalations.triage.replies import Commitments, ReplyCheckSettings
from snow_escalations.triage.replies.languages import CODE

SECRETS = ("password", "client_secret", "refresh_token", "api_key")
"""Keys under `instance.auth` whose values are secrets."""


class AuthSettings(Model):
    """How to log in. Which keys are needed depends on `kind` and `grant`; secrets are given by reference."""

    kind: Literal["basic", "oauth", "api_key"] = "basic"
    grant: Literal["password", "client_credentials", "refresh_token"] = "password"
    user: str | None = None
    password: str | None = Field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = Field(default=None, repr=False)
    refresh_token: str | None = Field(default=None, repr=False)
    api_key: str | None = Field(default=None, repr=False)
    api_key_header: str = Field(default="x-sn-apikey", pattern=r"^[A-Za-z0-9-]+$")

    @field_validator("user", "client_id")
    @classmethod
    def _sendable(cls, name: str | None) -> str | None:
        if name is not None and not name.isprintable():
            raise ValueError("must be printable text in one line, without control characters and in UTF-8")
        return name


class ClientCertificate(Model):
    """Paths of a client certificate and its key, in PEM."""

    certificate: str
    key: str


class InstanceSettings(Model):
    """Where the instance is, how to log in, and how to treat it."""

    url: str | None = None
    auth: AuthSettings = AuthSettings()
    timeouts: Timeouts = Timeouts()
    retries: Retries = Retries()
    max_concurrency: int = Field(default=4, ge=1, le=16)
    page_size: int = Field(default=1000, ge=1, le=10_000)
    journal_page_size: int = Field(default=10_000, ge=1, le=10_000)
    proxy: str | None = Field(default=None, repr=False)
    ca_bundle: str | None = None
    client_certificate: ClientCertificate | None = None

    @field_validator("url")
    @classmethod
    def _address(cls, url: str | None) -> str | None:
        return None if url is None else instance_address(url)

    @field_validator("proxy")
    @classmethod
    def _proxy(cls, proxy: str | None) -> str | None:
        return proxy if proxy is None or is_reference(proxy) else proxy_address(proxy)


class PlanSettings(Model):
    """How long a plan may be applied after it was made, in hours."""

    lifetime_hours: float = Field(default=24, gt=0, le=168)


class Settings(BaseSettings):
    """Everything that can be set. `policy` and `reply_templates` are paths in the configuration directory."""

    # Inputs may be secrets, which a traceback would show.
    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    instance: InstanceSettings = InstanceSettings()
    dialect: Dialect = Dialect()
    commitments: Commitments
    plan: PlanSettings = PlanSettings()
    calendars: Calendars = Calendars()
    reading: ReadingSettings = ReadingSettings()
    weighing: WeighingSettings = WeighingSettings()
    policy: str = "policy.yaml"
    reply_templates: str = "replies"
    fallback_language: str = Field(default="en", pattern=CODE.pattern)
    reply_check: ReplyCheckSettings = ReplyCheckSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file; nothing else is read."""
        return (EnvironmentSource(settings_cls, os.environ), init_settings)


def known_variables() -> dict[str, FieldInfo]:
    """Every environment variable that sets something, with the model's field behind it."""
    return variables(Settings)


__all__ = ["PREFIX", "SECRETS", "InstanceSettings", "Settings", "known_variables"]
