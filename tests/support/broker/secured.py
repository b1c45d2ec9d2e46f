"""Apache Kafka as an office finds it elsewhere: under TLS, known by a password or a certificate."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.support.broker.apache import Access, Broker, broker
from tests.support.waiting import HOST

USER, PASSWORD = "ledger", "a-password-of-a-test"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """Who signs certificates; its own, and those it gave, as PEM files in a folder."""

    folder: Path
    name: str
    key: ec.EllipticCurvePrivateKey

    @property
    def file(self) -> Path:
        """Its own certificate."""
        return self.folder / f"{self.name}.pem"

    def certificate(self, subject: str) -> tuple[Path, Path]:
        """A certificate for a subject on this machine, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self.signed(subject, key, authority=False)
        certificate, secret = self.folder / f"{subject}.pem", self.folder / f"{subject}.key"
        certificate.write_bytes(made.public_bytes(Encoding.PEM))
        secret.write_bytes(_written(key))
        return certificate, secret

    def signed(
        self, subject: str, key: ec.EllipticCurvePrivateKey, *, authority: bool
    ) -> x509.Certificate:
        """A certificate of a key, signed."""
        now = datetime.now(UTC)
        here = x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))])
        return (
            x509.CertificateBuilder()
            .subject_name(_named(subject))
            .issuer_name(_named(self.name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _DAY)
            .not_valid_after(now + _DAY)
            .add_extension(here, critical=False)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .sign(self.key, SHA256())
        )


def authority(folder: Path, name: str) -> Authority:
    """A new authority."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Authority(folder, name, ec.generate_private_key(ec.SECP256R1()))
    itself = made.signed(name, made.key, authority=True)
    made.file.write_bytes(itself.public_bytes(Encoding.PEM))
    return made


def _named(subject: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])


def _written(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@dataclass(frozen=True)
class Secured:
    """A broker that lets in who has the password, or a certificate of the authority."""

    broker: Broker
    authority: Authority
    certificate: Path
    key: Path

    @property
    def by_password(self) -> dict[str, Any]:
        """The settings of one who has the password."""
        return {
            "kafka_bootstrap": self.broker.address("SASL_SSL"),
            "kafka_security": "SASL_SSL",
            "kafka_ca_file": self.authority.file,
            "kafka_user": USER,
            "kafka_password": PASSWORD,
        }

    @property
    def by_certificate(self) -> dict[str, Any]:
        """The settings of one who has a certificate."""
        return {
            "kafka_bootstrap": self.broker.address("SSL"),
            "kafka_security": "SSL",
            "kafka_ca_file": self.authority.file,
            "kafka_certificate_file": self.certificate,
            "kafka_key_file": self.key,
        }


@contextmanager
def secured(folder: Path) -> Iterator[Secured]:
    """Such a broker, with all its files in a folder, until the end."""
    signing = authority(folder / "keys", "authority")
    certificate, key = signing.certificate("kafka")
    together = folder / "keys" / "kafka-both.pem"
    together.write_bytes(key.read_bytes() + certificate.read_bytes())
    scram = "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config"
    settings = {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(together),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(signing.file),
        "listener.name.ssl.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "SCRAM-SHA-512",
        scram: "org.apache.kafka.common.security.scram.ScramLoginModule required;",
    }
    access = Access(("SASL_SSL", "SSL"), {USER: PASSWORD})
    with broker(folder, settings, access) as running:
        yield Secured(running, signing, *signing.certificate("office"))
