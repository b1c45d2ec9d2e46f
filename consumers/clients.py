"""How clients of Kafka are told where the brokers are, and who they themselves are."""

from typing import Any

from ledger.settings import Settings


class NoBrokerError(ValueError):
    """LEDGER_KAFKA_BOOTSTRAP says nothing."""


def client_settings(settings: Settings) -> dict[str, Any]:
    """What every client of kafka-python is given; NoBrokerError where no broker is set."""
    if settings.kafka_bootstrap is None:
        raise NoBrokerError
    password = settings.kafka_password
    told = {
        "bootstrap_servers": [each.strip() for each in settings.kafka_bootstrap.split(",")],
        "security_protocol": settings.kafka_security,
        "ssl_cafile": _path(settings.kafka_ca_file),
        "ssl_certfile": _path(settings.kafka_certificate_file),
        "ssl_keyfile": _path(settings.kafka_key_file),
        # Without these a client that cannot reach its broker waits for half a minute.
        "bootstrap_timeout_ms": 10_000,
        "reconnect_backoff_max_ms": 1000,
    }
    if settings.kafka_security == "SASL_SSL":
        told |= {
            "sasl_mechanism": settings.kafka_mechanism,
            "sasl_plain_username": settings.kafka_user,
            "sasl_plain_password": password.get_secret_value() if password else None,
        }
    return told


def _path(path: object | None) -> str | None:
    return None if path is None else str(path)
