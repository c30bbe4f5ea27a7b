"""What `settings.yaml` may say."""

from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from snow_escalations.model import Model
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.options import Retries, Timeouts, is_loopback
from snow_escalations.triage.replies import Commitments

PREFIX = "SNOW_ESCALATIONS_"
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
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must be an address like https://example.service-now.com")
        if parts.username is not None or parts.password is not None:
            raise ValueError("must not hold a user or password; set them under instance.auth")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise ValueError(f"must end after the host, without `{parts.path or parts.query or parts.fragment}`")
        if parts.scheme == "http" and not is_loopback(url):
            raise ValueError("must start with https://; plain http is accepted for loopback addresses only")
        return f"{parts.scheme}://{parts.netloc}"


class PlanSettings(Model):
    """How long a plan may be applied after it was made, in hours."""

    lifetime_hours: float = Field(default=24, gt=0, le=168)


class Settings(BaseSettings):
    """Everything that can be set. `policy` and `reply_templates` are paths in the configuration directory."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter="__", env_ignore_empty=True
    )

    instance: InstanceSettings = InstanceSettings()
    dialect: Dialect = Dialect()
    commitments: Commitments
    plan: PlanSettings = PlanSettings()
    policy: str = "policy.yaml"
    reply_templates: str = "replies"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment goes before the file; nothing else is read."""
        return (env_settings, init_settings)


def known_variables() -> dict[str, Any]:
    """Every environment variable that sets something, with the model's field behind it."""
    found: dict[str, Any] = {}

    def walk(model: Any, prefix: str) -> None:
        for name, info in model.model_fields.items():
            variable = f"{prefix}{name}".upper()
            found[variable] = info
            for nested in _models(info.annotation):
                walk(nested, f"{variable}__")

    walk(Settings, PREFIX)
    return found


def _models(annotation: Any) -> list[type[Model]]:
    candidates = [annotation, *getattr(annotation, "__args__", ())]
    return [item for item in candidates if isinstance(item, type) and issubclass(item, Model)]


__all__ = ["PREFIX", "SECRETS", "InstanceSettings", "Settings", "known_variables"]
