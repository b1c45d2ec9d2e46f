"""Figures recomputed from postings by the definitions of a statement, in plain Python."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ledger.audit.verifier.accounts import ACCOUNTS, Posting
from ledger.audit.verifier.postings import postings_of

Definition = dict[str, Any]
_PEOPLE_AND_UNITS = {"persons": "person", "units": "unit"}
#: What a definition may say, and the words for what is not free text.
_CHOICES = {
    "measure": {"count", "persons", "units"},
    "period": {"within", "until"},
    "organ": {"own", "related", "region"},
}
_FREE = {"code", "name", "unit", "definition", "share_of", "account"}
_STEPS, _DIMENSIONS = ("via", "or_via"), {"category", "rank", "detail"}


class Posted(NamedTuple):
    """A posting with its event's leaf index and the day from which it was known."""

    leaf: int
    since: str
    posting: Posting


class Question(NamedTuple):
    """What a statement asks: period, what was known when, of which organ; days in ISO 8601."""

    first: str
    last: str
    as_of: str | None
    organ: str | None
    size: int


@dataclass
class Journal:
    """Every posting of an account, in the order of the log."""

    accounts: dict[str, list[Posted]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

    def add(self, index: int, name: str, registered_on: str, data: dict[str, Any]) -> None:
        """Post an event; UnknownEventError for a type that the verifier does not know.

        KeyError, TypeError, ValueError or AttributeError for data not of the event's type.
        """
        postings = list(_sound(postings_of(name, data)))
        since: dict[tuple[str, str], str] = {}
        for posting in postings:
            if posting.quantity < 0:
                key = (posting.account, posting.item)
                known = self._known.get(posting[:4], "")
                since[key] = max(since.get(key, ""), known)
        for posting in postings:
            known = since.get((posting.account, posting.item), "")
            self._post(Posted(index, max(registered_on, known), posting))

    def _post(self, posted: Posted) -> None:
        self.accounts[posted.posting.account].append(posted)
        if posted.posting.quantity > 0:
            place = posted.posting[:4]
            self._known[place] = max(posted.since, self._known.get(place, ""))


class Figures:
    """The figures of one statement; ValueError for definitions that are not understood."""

    def __init__(self, journal: Journal, definition: str, question: Question) -> None:
        self._accounts = journal.accounts
        self._question = question
        defined = tomllib.loads(definition)["figure"]
        self.definitions: dict[str, Definition] = {each["code"]: each for each in defined}
        if len(self.definitions) != len(defined) or not all(map(_understood, defined)):
            raise ValueError("a figure is defined twice, or in words not understood")
        self._organs: Collection[str] = ()
        self._regions: Collection[str] = ()
        if question.organ is not None:
            self._organs, self._regions = self._scope(question.organ)

    def figure(self, code: str) -> tuple[int, list[int]]:
        """Value of a figure, and the leaf indices of the events that bear on it, ascending."""
        definition = self.definitions[code]
        found = self._counted(definition)
        column = _PEOPLE_AND_UNITS.get(definition.get("measure", "count"))
        if column is not None:
            found = [each for each in found if getattr(each.posting, column) is not None]
            value = len(_standing(found, lambda posting: getattr(posting, column)))
        else:
            value = sum(each.posting.quantity for each in found)
        return value, sorted({each.leaf for each in found})

    def _counted(self, definition: Definition) -> list[Posted]:
        question = self._question
        first = question.first if definition.get("period", "within") == "within" else ""
        where = definition.get("where", {})
        found = [
            each
            for each in self._known(definition["account"])
            if first <= each.posting.occurred_on <= question.last and _matches(each, where)
        ]
        steps, found = self._of_organ(definition, found)
        if not steps:
            return found
        joined = self._streams(steps)
        if definition.get("or_via"):
            joined = joined | self._streams(definition["or_via"])
        return [each for each in found if each.posting.related in joined]

    def _known(self, account: str) -> Iterable[Posted]:
        """The postings of an account within the log's size and the day of the cut-off."""
        as_of, size = self._question.as_of, self._question.size
        for each in self._accounts.get(account, ()):
            if each.leaf < size and (as_of is None or each.since <= as_of):
                yield each

    def _of_organ(
        self, definition: Definition, found: list[Posted]
    ) -> tuple[list[Definition], list[Posted]]:
        """Only the facts of the organ asked for; and the steps that are still to be taken."""
        steps = definition.get("via", [])
        if self._question.organ is None:
            return steps, found
        match definition.get("organ", "own"):
            case "own":
                return steps, [each for each in found if each.posting.organ in self._organs]
            case "related":
                rounds = self._streams(steps or [{"account": "rounds.opened"}], self._organs)
                return [], [each for each in found if each.posting.related in rounds]
        units = _standing(
            [each for each in self._known("units") if each.posting.detail in self._regions],
            lambda posting: posting.stream,
        )
        return steps, [each for each in found if each.posting.related in units]

    def _streams(self, steps: list[Definition], organs: Collection[str] | None = None) -> set[str]:
        """The streams that stand in the account of the first step and hang on the next ones."""
        first, *rest = steps
        found = [
            each
            for each in self._known(first["account"])
            if _matches(each, first.get("where", {}))
            and (organs is None or each.posting.organ in organs)
        ]
        if rest:
            joined = self._streams(rest)
            found = [each for each in found if each.posting.related in joined]
        return _standing(found, lambda posting: posting.stream)

    def _scope(self, organ: str) -> tuple[set[str], set[str]]:
        """An organ's code with those below it, and the regions of the commissions among them."""
        whole = _standing(
            list(self._known("organs")),
            lambda p: (p.stream, p.related, p.category, p.detail),
        )
        found = {"organ:" + organ}
        while below := {s for s, above, _, _ in whole if above in found} - found:
            found |= below
        regions = {r for s, _, kind, r in whole if s in found and kind == "纪委监委" and r}
        return {stream.removeprefix("organ:") for stream in found}, regions


def _understood(definition: Definition) -> bool:
    """Whether nothing in a definition is passed over in silence."""
    steps = [step for name in _STEPS for step in definition.get(name, [])]
    return (
        definition.keys() <= {*_FREE, *_CHOICES, *_STEPS, "where"}
        and all(definition.get(name) in {None, *words} for name, words in _CHOICES.items())
        and all(step.keys() <= {"account", "where"} for step in steps)
        and all(each.get("where", {}).keys() <= _DIMENSIONS for each in [definition, *steps])
        and all(each["account"] in ACCOUNTS for each in [definition, *steps])
    )


def _sound(postings: Iterable[Posting]) -> Iterator[Posting]:
    """Postings of text and a quantity; TypeError for any other."""
    for posting in postings:
        *texts, quantity = posting
        sound = all(isinstance(each, str) for each in texts[:4])
        sound = sound and all(each is None or isinstance(each, str) for each in texts[4:])
        if not sound or not isinstance(quantity, int):
            raise TypeError(posting.account)
        yield posting


def _matches(posted: Posted, where: dict[str, str]) -> bool:
    return all(getattr(posted.posting, name) == value for name, value in where.items())


def _standing(found: list[Posted], key: Callable[[Posting], Any]) -> set[Any]:
    """The things whose quantities add up to more than nothing."""
    sums: dict[Any, int] = defaultdict(int)
    for each in found:
        sums[key(each.posting)] += each.posting.quantity
    return {thing for thing, quantity in sums.items() if quantity > 0}
