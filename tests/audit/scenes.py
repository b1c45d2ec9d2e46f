"""An office over several days, its log signed and cosigned, its bundles taken away as files."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from cli.bundle import logged_statements
from cli.logs import Log, exported, sign
from cli.office import Office
from cli.publishing import publish_statement
from ledger.audit.bundle import Exported, export_bundle
from ledger.audit.keyring import KEY_FILE, VERIFIER_FILE
from ledger.audit.merkle import SHA256
from ledger.audit.notes import read_log_verifiers
from ledger.audit.verifier.bundle import Bundle
from ledger.audit.verifier.examination import Demands, Report, examine
from ledger.audit.verifier.policy import read_policy
from ledger.audit.verifier.tree import tile_name
from ledger.settings import Settings
from projections.cuts import Cut, Period
from tests.audit.logs import EVENTS, add_units, attacker, encoded
from tests.audit.witnesses import Witness, policy
from tests.domain import samples as s
from tests.ledger.office import OfficeClock, open_ledger, record
from tests.ledger.story import BEGINNINGS, CORRECTIONS, LATER
from tests.support.databases import url

ORIGIN = "office.test/log"
YEAR = Period(date(2021, 1, 1), date(2021, 12, 31))
#: Three days lie between one thing and the next; a minute between signing and cosigning.
DAYS, MINUTE = 3, 60
#: So many units follow the story on the first day, and on the second.
UNITS = 300
Meanwhile = Callable[["Scene"], None]


def nothing(_: "Scene") -> None:
    """Nothing is done meanwhile."""


@dataclass
class Scene:
    """An office at work, the clock it goes by, and when what was cosigned."""

    folder: Path
    clock: OfficeClock = field(default_factory=OfficeClock)
    office: Office = field(init=False)
    cosigned_at: dict[int, int] = field(default_factory=dict)
    #: The sizes that were signed, in order.
    sizes: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / "ledger.sqlite3"
        settings = Settings(
            database_url=url(file), keys_dir=self.folder / "keys", log_origin=ORIGIN
        )
        self.office = Office(settings)
        self.office.__dict__["ledger"] = open_ledger(file, self.clock)

    @property
    def file(self) -> Path:
        """The ledger's file."""
        return self.folder / "ledger.sqlite3"

    @property
    def log_key(self) -> str:
        """The log's public key."""
        text = (self.folder / "keys" / VERIFIER_FILE).read_text("utf-8")
        return str(read_log_verifiers(text)[0])

    def with_key_of(self, other: "Scene") -> "Scene":
        """The same, under the key of another office."""
        keys = self.folder / "keys"
        keys.mkdir()
        shutil.copy(other.folder / "keys" / KEY_FILE, keys / KEY_FILE)
        return self

    def sign(self) -> None:
        """Sign; a minute later whoever is asked to cosigns."""
        sign(Log(self.office))
        self.signed()

    def publish(self, cut: Cut | None = None) -> None:
        """Publish the statement of the year, which signs too."""
        self.office.catch_up()
        publish_statement(self.office, YEAR, cut or Cut(), None)
        self.signed()

    def signed(self) -> None:
        """Note what was signed, and that it is cosigned a minute later."""
        self.sizes.append(self.office.log.state().size)
        self.cosigned_at[self.sizes[-1]] = int(self.clock.now.timestamp()) + MINUTE

    def export(self, folder: Path, *witnesses: Witness, upto: int | None = None) -> Path:
        """The bundle, all its checkpoints cosigned by these; ``upto`` an earlier size."""
        made = exported(self.office)
        history = {int(name): self._cosigned(note, witnesses) for name, note in made.history}
        size = max(history) if upto is None else upto
        found = Exported(
            replace(made.checkpoint, size=size),
            history[size],
            tuple((str(at), note) for at, note in history.items() if at <= size),
        )
        statements = list(logged_statements(self.office, size))
        export_bundle(self.office.log, found, statements, folder)
        return folder

    def _cosigned(self, note: bytes, witnesses: Sequence[Witness]) -> bytes:
        size = int(note.split(b"\n")[1])
        for witness in witnesses:
            note = witness.cosigned(note, self.cosigned_at[size])
        return note

    def rewrite(self, position: int, **changes: Any) -> None:
        """Write over parts of a stored event, in the bytes that the ledger would have written."""
        with attacker(self.file) as db:
            query = f"SELECT state FROM {EVENTS} WHERE rowid = ?"
            body = orjson.loads(db.execute(query, (position,)).fetchone()[0])
            change = f"UPDATE {EVENTS} SET state = ? WHERE rowid = ?"
            db.execute(change, (encoded(body | changes), position))

    def close(self) -> None:
        """Let go of the file."""
        self.office.engine.dispose()
        self.office.ledger.close()


def played(scene: Scene, form: str = "第二种形态", *meanwhile: Meanwhile) -> Scene:
    """The story told and signed; then units, and the year published; then units, signed.

    ``meanwhile`` happens before the second day's work is signed, then before the third's.
    """
    before_second, before_third = (*meanwhile, nothing, nothing)[:2]
    beginnings = [each for each in BEGINNINGS if each != s.a_disposition()]
    corrections = [each for each in CORRECTIONS if each.target != s.DISPOSITION]
    told = (*beginnings, s.a_disposition(form=form), *LATER, *corrections)
    record(scene.office.ledger, *told)
    add_units(scene.office.ledger, UNITS)
    scene.clock.move(days=DAYS)
    scene.sign()
    scene.clock.move(days=DAYS)
    add_units(scene.office.ledger, UNITS)
    before_second(scene)
    scene.publish()
    scene.clock.move(days=DAYS)
    add_units(scene.office.ledger, 20)
    before_third(scene)
    scene.sign()
    return scene


def examined(folder: Path, policy_file: bytes, *remembered: bytes, **demands: Any) -> Report:
    """What the verifier finds in a bundle."""
    asked = Demands(read_policy(policy_file), SHA256, remembered, **demands)
    return examine(Bundle(folder), asked, lambda _: None)


def codes(report: Report) -> list[str]:
    """The codes found, in order."""
    return [finding.code for finding in report.findings]


@dataclass(frozen=True)
class Files:
    """A bundle in the hands of whoever alters it."""

    folder: Path

    @property
    def size(self) -> int:
        """The size of its newest checkpoint."""
        return int((self.folder / "checkpoint").read_text("utf-8").split("\n")[1])

    def places(self) -> list[Path]:
        """The files of entries, in order."""
        found = range(0, self.size, 256)
        names = [tile_name("entries", at // 256, min(256, self.size - at)) for at in found]
        return [self.folder / name for name in names]

    def entries(self) -> list[bytes]:
        """Every entry."""
        bundle = Bundle(self.folder)
        return [bundle.entry(leaf, self.size) for leaf in range(self.size)]

    def put(self, entries: list[bytes]) -> None:
        """Write entries in place of those there are, cut into the same files."""
        places = self.places()
        for number, place in enumerate(places):
            last = number == len(places) - 1
            found = entries[number * 256 : None if last else (number + 1) * 256]
            data = b"".join(len(each).to_bytes(2, "big") + each for each in found)
            place.write_bytes(data)

    def alter(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """Write over a file."""
        path = self.folder / name
        was = path.read_bytes()
        assert change(was) != was
        path.write_bytes(change(was))

    def statement(self, name: str) -> str:
        """Where a file of the bundle's only statement is."""
        (folder,) = (self.folder / "statements").iterdir()
        return f"statements/{folder.name}/{name}"


__all__ = ["Files", "Scene", "codes", "examined", "played", "policy"]
