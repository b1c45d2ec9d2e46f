"""Configuration: environment variables with the prefix ``LEDGER_``, a ``.env`` file, secrets."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

#: The local date of registration is that of the office.
OFFICE_TIME = ZoneInfo("Asia/Shanghai")
DEFAULT_URL = "sqlite:///var/ledger.sqlite3"
#: Where an issuer of tokens may be: over TLS, or on this machine.
SECURE_URL = r"^(https://[^\s?#@]+|http://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(/[^\s?#]*)?)$"

#: Where containers are given secrets, a file a setting (``ledger_database_url``).
_SECRETS = Path("/run/secrets")


class Settings(BaseSettings):
    """What an office can set; every value has a default that works from an empty folder."""

    model_config = SettingsConfigDict(
        env_prefix="LEDGER_",
        env_file=".env",
        extra="ignore",
        secrets_dir=_SECRETS if _SECRETS.is_dir() else None,
    )

    database_url: str = DEFAULT_URL
    actor: str = Field(default="operator", description="who is named as actor by the command line")
    keys_dir: Path = Field(default=Path("var/keys"), description="the log's key and what it signed")
    log_origin: str = Field(
        default="supervision-ledger.local/log",
        pattern=r"^[^\s+#]+$",
        description="the log's name",
    )
    log_policy: Path | None = Field(default=None, description="the policy of witnesses to ask")
    log_max_skew_seconds: int = Field(default=300, ge=0, description="how far clocks may be apart")
    log_max_delay_seconds: int = Field(
        default=86_400, ge=0, description="how long after signing a cosignature dates events"
    )
    log_sm3: bool = Field(default=False, description="keep a second tree with SM3")
    witness_timeout_seconds: float = Field(default=10, gt=0)
    witness_dir: Path = Field(default=Path("var/witness"), description="a witness's key and state")
    lock_timeout_seconds: int = Field(default=120, ge=1)
    oidc_issuer: str | None = Field(
        default=None, pattern=SECURE_URL, description="the issuer whose tokens are believed"
    )
    oidc_audience: str = Field(default="supervision-ledger", min_length=1)
    oidc_subject_claim: str = Field(default="sub", min_length=1)
    oidc_keys_seconds: int = Field(default=600, ge=1, description="how long keys are not asked for")
    oidc_keys_kept_seconds: int = Field(
        default=14_400, ge=0, description="how much longer they hold while the issuer is silent"
    )
    local_tokens: bool | None = Field(
        default=None, description="whether tokens of this office's own issuer are believed"
    )
    token_hours: int = Field(default=12, ge=1, le=720, description="how long such a token is valid")
    http_host: str = Field(default="127.0.0.1", min_length=1, description="where serve listens")
    http_port: int = Field(default=8000, ge=0, le=65535)
    http_max_body_bytes: int = Field(default=1_048_576, ge=1, description="the longest body")
    http_timeout_seconds: float = Field(
        default=30, gt=0, description="within what time an answer begins"
    )
    http_streams: int = Field(default=1000, ge=0, description="how many read the event stream")
    http_stream_seconds: float = Field(
        default=15, gt=0, description="how often a stream tells it lives and its role is looked at"
    )

    kafka_bootstrap: str | None = Field(
        default=None, min_length=1, description="brokers to begin with, HOST:PORT, by commas"
    )
    kafka_name: str = Field(
        default="supervision-ledger",
        pattern=r"^[A-Za-z0-9._-]{1,100}$",
        description="this ledger among those on the same brokers",
    )
    kafka_security: Literal["PLAINTEXT", "SSL", "SASL_SSL"] = "PLAINTEXT"
    kafka_ca_file: Path | None = Field(default=None, description="who signs the brokers' names")
    kafka_certificate_file: Path | None = Field(default=None, description="this client's own")
    kafka_key_file: Path | None = None
    kafka_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "SCRAM-SHA-512"
    kafka_user: str | None = None
    kafka_password: SecretStr | None = None
    consume_batch: int = Field(
        default=500, ge=1, le=10_000, description="how many messages are one transaction at most"
    )
    publish_batch: int = Field(
        default=1000, ge=1, le=10_000, description="how many facts are one transaction at most"
    )
    consume_session_seconds: int = Field(
        default=10, ge=1, description="how long a member of a group may be silent"
    )
    alive_dir: Path = Field(
        default=Path("var/alive"), description="where processes of long life show that they live"
    )

    @property
    def on_server(self) -> bool:
        """Whether the ledger is kept by a PostgreSQL server."""
        return self.database_url.startswith(("postgresql://", "postgres://"))

    @property
    def sqlite_path(self) -> Path | None:
        """The database file of an embedded ledger, or None for a server."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix):
            return None
        return Path(self.database_url.removeprefix(prefix))
