"""Settings, read once by the entry points from OUTREACH_* variables (or NAME_FILE for a secret in a file)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from outreach.errors import SettingsError

PREFIX = "OUTREACH_"
MAKE_A_KEY = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'


class Settings(BaseModel):
    """Everything that is not in a campaign file. Secrets never show in `repr`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workspace: Path = Path()
    database_url: str = ""  # default: SQLite in the workspace
    redis_url: SecretStr | None = None  # default: none, an in-process broker
    smtp_url: SecretStr = SecretStr("smtp://127.0.0.1:25")
    imap_url: SecretStr | None = None  # of several mailboxes, separated by blanks or commas
    google_client_id: str = ""  # of the app that mailboxes with oauth=google are read as
    google_client_secret: SecretStr | None = None
    microsoft_client_id: str = ""
    microsoft_client_secret: SecretStr | None = None
    microsoft_tenant: str = Field(default="common", pattern=r"^[A-Za-z0-9.-]+$")
    oauth_path: Path | None = (
        None  # where refresh tokens are kept; default: .outreach-oauth.json in the workspace
    )
    base_url: str = "http://127.0.0.1:8025"
    secret_key: SecretStr | None = None
    previous_keys: SecretStr | None = None  # comma-separated: links signed with them still work
    api_token: SecretStr | None = None
    ses_webhook_topics: str = ""  # ARNs of SNS topics, comma-separated
    ses_webhook_secret: SecretStr | None = None  # for raw message delivery, which SNS does not sign
    postmark_webhook_secret: SecretStr | None = None
    sendgrid_webhook_key: str = ""  # the verification key, which is public
    mailgun_webhook_key: SecretStr | None = None
    webhook_secret: SecretStr | None = None  # of any other provider, by Standard Webhooks
    tick_seconds: float = Field(default=0.5, gt=0, le=3600)
    mail_seconds: float = Field(default=10.0, gt=0, le=3600)  # how often the mailbox is read
    worker_threads: int = Field(default=2, ge=1, le=64)
    smtp_connections: int = Field(default=1, ge=1, le=64)  # of each worker thread
    lease_seconds: float = Field(
        default=600.0, ge=1, le=86400
    )  # a worker silent for longer has its mails taken back
    look_again_seconds: float = Field(
        default=60.0, ge=1, le=86400
    )  # then what still waits is handed out once more
    catch_up_above: int = Field(default=1000, ge=0)  # so many overdue after an outage wait for a confirmation
    batch: int = Field(default=200, ge=1, le=5000)
    honeypot: bool = True  # a link in each HTML mail that only machines find
    trusted_proxies: str = ""  # networks whose X-Forwarded-For says where a hit comes from
    scanner_networks: str = ""  # networks of mail gateways, beside those that are known

    @field_validator("base_url")
    @classmethod
    def _base_url_is_http(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("is not an http(s) address; write for example https://mail.example.com")
        return value.rstrip("/")

    @property
    def database(self) -> str:
        """The database's URL: the setting, or SQLite in the workspace."""
        return self.database_url or f"sqlite:///{(self.workspace / 'outreach.db').resolve()}"

    def key(self) -> str:
        """Return the secret key; SettingsError says how to make one."""
        if self.secret_key is None or len(self.secret_key.get_secret_value()) < 16:
            state = "is not set" if self.secret_key is None else "is shorter than 16 characters"
            raise SettingsError(f"{PREFIX}SECRET_KEY {state}; make one with: {MAKE_A_KEY}")
        return self.secret_key.get_secret_value()

    def old_keys(self) -> tuple[str, ...]:
        """Return the keys that links made earlier may still be signed with."""
        written = self.previous_keys.get_secret_value() if self.previous_keys else ""
        return tuple(key for key in (part.strip() for part in written.split(",")) if key)


def read(environment: Mapping[str, str], workspace: Path) -> Settings:
    """Return the settings in `environment`; SettingsError names the variable that is wrong."""
    values: dict[str, object] = {"workspace": workspace}
    for name in Settings.model_fields:
        written = _value(environment, PREFIX + name.upper())
        if name != "workspace" and written is not None:
            values[name] = written
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(
            f"{PREFIX}{str(first['loc'][0]).upper()}: {first['msg'].removeprefix('Value error, ')}"
        ) from None


def _value(environment: Mapping[str, str], variable: str) -> str | None:
    if environment.get(variable):
        return environment[variable]
    path = environment.get(f"{variable}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}_FILE: {path} cannot be read: {type(error).__name__}") from None
