"""The log's keyring: the key in force and, during a change, the one that comes after it.

Every file is whole at every moment and on disk before anything rests on it.
"""

import fcntl
import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import Signer, Verifier, decode_base64

KEY_FILE, COMING_FILE, VERIFIER_FILE = "log.key", "log.key.next", "log.vkey"


class WillNotSignError(RuntimeError):
    """The tree is not one to put a name to; ``code`` says why, the message in Chinese."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Keyring:
    """A log's private keys, read from their folder each time one is asked for."""

    folder: Path
    origin: str

    @property
    def current(self) -> Signer:
        """The key in force, as far as the folder knows."""
        return read_key(self.folder / KEY_FILE, self.origin)

    @property
    def coming(self) -> Signer | None:
        """The key that is to be changed to, where one was made."""
        path = self.folder / COMING_FILE
        return read_key(path, self.origin) if path.exists() else None

    def make_coming(self) -> Signer:
        """The key to change to, made beside the one in force unless it is there already."""
        make_key(self.folder / COMING_FILE, self.origin)
        return read_key(self.folder / COMING_FILE, self.origin)

    def in_force(self, verifier: Verifier | None) -> Signer:
        """The key that the ledger says is in force, None where it tells of no change.

        The coming key comes into force by this: it takes the place of the old one, which is gone.
        WillNotSignError where the folder holds another key.
        """
        with _locked(self.folder):
            coming, current = self.coming, self.current
            if verifier is None or current.verifier == verifier:
                return current
            if coming is None or coming.verifier != verifier:
                reason = f"台账登记的现用密钥 {verifier} 不在 {self.folder}"
                raise WillNotSignError("key_not_here", reason)
            (self.folder / COMING_FILE).replace(self.folder / KEY_FILE)
            _sync(self.folder)
            _show_verifier(self.folder / VERIFIER_FILE, coming)
            return coming


def open_keyring(folder: Path, origin: str) -> Keyring:
    """The log's keys, the first made on first use; the public half of the one in force beside it.

    WillNotSignError for a key of another log, or a file that holds none.
    """
    make_folder(folder)
    make_key(folder / KEY_FILE, origin)
    keyring = Keyring(folder, origin)
    _show_verifier(folder / VERIFIER_FILE, keyring.current)
    return keyring


def make_folder(folder: Path) -> None:
    """A folder for keys, for its owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def make_key(path: Path, name: str) -> None:
    """Put a whole key in place at once, for its owner alone; of several that try, one succeeds."""
    if path.exists():
        return
    made = b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    _put(path, f"{name} {made}\n", _link)


def read_key(path: Path, name: str | None = None) -> Signer:
    """A private key; WillNotSignError for one not under this name, or a file that holds none."""
    held, _, encoded = path.read_text(encoding="utf-8").strip().rpartition(" ")
    try:
        signer = Signer(held, Ed25519PrivateKey.from_private_bytes(decode_base64(encoded)))
    except ValueError:
        raise WillNotSignError("bad_key", f"{path.name} 中没有密钥") from None
    if name is not None and held != name:
        raise WillNotSignError("other_origin", f"密钥属于 {held}，不属于 {name}")
    return signer


def _show_verifier(path: Path, signer: Signer) -> None:
    """Put the public half beside the key: plain, and as the key that stamps times."""
    text = f"{signer.verifier}\n{signer.cosigner}\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        _put(path, text, Path.replace)


def put_file(path: Path, text: str) -> None:
    """Put a text in a file, whole at every moment and readable by its owner alone."""
    _put(path, text, Path.replace)


def _put(path: Path, text: str, place: Callable[[Path, Path], object]) -> None:
    """Write a file that only its owner may read beside its place, and put it there at once."""
    descriptor, name = mkstemp(dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        place(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync(path.parent)


def _link(draft: Path, path: Path) -> None:
    with suppress(FileExistsError):
        os.link(draft, path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time: of two that change keys, one would put away the other's."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sync(folder: Path) -> None:
    """Wait until the folder's names are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
