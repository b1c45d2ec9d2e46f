"""Configuration: environment variables with the prefix ``LEDGER_`` and a ``.env`` file."""

from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

#: The local date of registration is that of the office.
OFFICE_TIME = ZoneInfo("Asia/Shanghai")
DEFAULT_URL = "sqlite:///var/ledger.sqlite3"


class Settings(BaseSettings):
    """What an office can set; every value has a default that works from an empty folder."""

    model_config = SettingsConfigDict(env_prefix="LEDGER_", env_file=".env", extra="ignore")

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

    @property
    def sqlite_path(self) -> Path | None:
        """The database file of an embedded ledger, or None for a server."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix):
            return None
        return Path(self.database_url.removeprefix(prefix))
