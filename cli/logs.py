"""A log as the commands use it: its tables, its keys, its policy; signing it, reading it."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cli.office import Office, console, fail, open_office, progress_bar
from ledger.audit.asking import http_ask
from ledger.audit.bundle import Exported
from ledger.audit.cosigning import Cosigning
from ledger.audit.examine_checkpoints import Demands, Examined, examine_checkpoints
from ledger.audit.key_changes import BadKeyChangeError, refused, trusted_keys
from ledger.audit.keyring import VERIFIER_FILE, Keyring, WillNotSignError, open_keyring
from ledger.audit.notes import BadKeyError, NoteError, Verifier, read_log_verifiers
from ledger.audit.published import Published, Trust, newest_on_tree
from ledger.audit.sequencer import LogStore
from ledger.audit.signer import SignedState, sign_checkpoint
from ledger.audit.tables import PublishedNote
from ledger.audit.verifier.policy import Policy, read_policy

#: Exit code where a checkpoint is signed and published, but its quorum of witnesses is not met.
NOT_WITNESSED = 3
#: What the second tree's name and folder of keys have behind those of the first.
_TWIN = "sm3"


@dataclass(frozen=True)
class Log:
    """The office's log, or the second tree beside it."""

    office: Office
    twin: bool = False

    @property
    def store(self) -> LogStore:
        """Its tables."""
        if not self.twin:
            return self.office.log
        if self.office.twin is None:
            raise fail("没有第二棵树：设 LEDGER_LOG_SM3=1")
        return self.office.twin

    @property
    def origin(self) -> str:
        """Its name."""
        origin = self.office.settings.log_origin
        return f"{origin}/{_TWIN}" if self.twin else origin

    @property
    def folder(self) -> Path:
        """Where its keys are, and what was signed."""
        folder = self.office.settings.keys_dir
        return folder / _TWIN if self.twin else folder

    @property
    def signed(self) -> SignedState:
        """What was signed last."""
        return SignedState(self.folder, self.origin)

    def keyring(self) -> Keyring:
        """Its private keys."""
        try:
            return open_keyring(self.folder, self.origin)
        except WillNotSignError as error:
            raise _will_not(error) from None

    @property
    def known(self) -> Verifier:
        """The public key beside the private one."""
        path = self.folder / VERIFIER_FILE
        try:
            return read_log_verifiers(path.read_text(encoding="utf-8"))[0]
        except FileNotFoundError:
            raise fail(f"没有公钥 {path}：先运行 log checkpoint") from None
        except (BadKeyError, UnicodeDecodeError) as error:
            raise fail(f"公钥 {path} 不可用：{error}") from None

    @cached_property
    def policy(self) -> Policy | None:
        """The policy of witnesses, where one is set."""
        path = self.office.settings.log_policy
        return None if path is None else read_policy(path.read_bytes())

    @property
    def demands(self) -> Demands:
        """Against what its checkpoints are held."""
        settings = self.office.settings
        skew, delay = settings.log_max_skew_seconds, settings.log_max_delay_seconds
        return Demands(self.known, self.policy, skew, delay)

    def trust(self) -> Trust:
        """The log's keys, and the witnesses of its policy, which must be one for this log."""
        try:
            keys = trusted_keys(self.store, self.known)
        except BadKeyChangeError as error:
            raise _will_not(refused(error)) from None
        named = {(key.name, key.key) for key in self.policy.logs} if self.policy else set()
        if named and not any((each.name, each.key) in named for each in keys.verifiers):
            raise fail(f"策略 {self.office.settings.log_policy} 不含日志 {self.origin} 的公钥")
        return Trust(keys, self.policy)

    def examined(self) -> Examined:
        """Its published checkpoints, examined."""
        return examine_checkpoints(self.store, self.demands)

    def cosigning(self, trust: Trust) -> Cosigning:
        """What collects cosignatures."""
        now = self.office.ledger.clock().timestamp()
        return Cosigning(self.store, trust, now, self.office.settings.log_max_skew_seconds)


def open_log(*, twin: bool = False) -> Log:
    """The log of the office that the environment configures."""
    return Log(open_office(), twin)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A signed and published checkpoint, and whether its quorum of witnesses is met."""

    note: PublishedNote
    met: bool


def sign(log: Log) -> Outcome:
    """Sign the tree as it is now, publish the checkpoint, and ask the witnesses of the policy."""
    settings = log.office.settings
    policy = log.policy
    behind = log.office.ledger.head() - log.store.state().position
    keyring = log.keyring()
    try:
        with progress_bar("写入日志", behind) as advance:
            note = sign_checkpoint(
                log.store, keyring, log.signed, advance, settings.log_max_skew_seconds
            )
    except WillNotSignError as error:
        raise _will_not(error) from None
    if policy is None:
        return Outcome(note, met=True)
    trust = log.trust()
    note, asked = log.cosigning(trust).ask_all(note, http_ask(settings.witness_timeout_seconds))
    for each in asked:
        if each.failure is not None:
            console.print(f"[yellow]共签人 {each.name} 未共签：{each.failure}[/yellow]")
    met = trust.is_met(trust.read(note.data))
    if not met:
        reason = "共签未达法定数：检查点已签发，尚无足够共签；人工共签见 log witness-request"
        console.print(f"[yellow]{reason}[/yellow]", soft_wrap=True)
    return Outcome(note, met)


def _will_not(error: WillNotSignError) -> Exception:
    return fail(f"不予签名（{error.code}）：{error}", 1)


def newest(log: Log) -> tuple[Published, PublishedNote]:
    """The newest checkpoint that is signed and lies on the tree, and its note."""
    found = newest_on_tree(log.store, log.trust())
    if found is None:
        raise fail("没有可用的检查点：先运行 log checkpoint")
    return found


def exported(office: Office) -> Exported:
    """The newest checkpoint that lies on the tree, and every note, by its size and time."""
    log = Log(office)
    trust = log.trust()
    history: dict[str, bytes] = {}
    for each in log.store.notes():
        with suppress(NoteError):
            size = trust.read(each.data).checkpoint.size
            name = str(size) if str(size) not in history else f"{size}.{each.at}"
            history[name] = each.data
    found, note = newest(log)
    return Exported(found.checkpoint, note.data, tuple(history.items()))
