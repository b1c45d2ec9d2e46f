"""The seam where personal data is sealed before it is stored and opened when it is read."""

from typing import Any, Protocol, get_args, get_type_hints

from domain.fields import field_index, remembered

Path = tuple[str, ...]


class Protection(Protocol):
    """Seals and opens one personal value of one event; the sealed value is text."""

    def seal(self, event_id: str, path: Path, value: str) -> str:
        """What is stored in place of ``value``."""

    def open(self, event_id: str, path: Path, value: str) -> str:
        """The value that was sealed."""


def _record_type(cls: type, name: str) -> type:
    hint = get_type_hints(cls)[name]
    inner = [each for each in (hint, *get_args(hint)) if hasattr(each, "__dataclass_fields__")]
    return inner[0]  # type: ignore[no-any-return]  # a dataclass, by the line above


@remembered
def personal_paths(cls: type) -> tuple[Path, ...]:
    """Where a type of fact holds personal data: field names from the fact inwards."""
    index = field_index(cls)
    own = [(name,) for name in index.personal]
    within = [
        (name, *path) for name in index.records for path in personal_paths(_record_type(cls, name))
    ]
    return (*own, *within)


def _change(data: dict[str, Any], path: Path, change: Any) -> None:
    *outer, last = path
    for name in outer:
        data = data[name]
    if data[last] is not None:
        data[last] = change(data[last])


def sealed(protection: Protection, event_id: str, cls: type, data: dict[str, Any]) -> None:
    """Seal every personal value of the data in place."""
    for path in personal_paths(cls):
        _change(data, path, lambda value, path=path: protection.seal(event_id, path, value))


def opened(protection: Protection, event_id: str, cls: type, data: dict[str, Any]) -> None:
    """Open every personal value of the data in place."""
    for path in personal_paths(cls):
        _change(data, path, lambda value, path=path: protection.open(event_id, path, value))
