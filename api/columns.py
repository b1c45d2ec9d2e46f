"""The columns of a read model as the API offers them: what may be asked by, and how they read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from api.asking import Day
from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import Kind
from projections.figures import Clause
from projections.tables import CURRENT, NAMES

#: At most so many rows in a page.
MOST = 1000
_DEFAULT = 50
#: A value asked by: an official number or a term, never longer than this.
_Text = Annotated[str, Field(min_length=1, max_length=200)]
_Values = Annotated[list[_Text] | None, Field(max_length=50)]
#: What every list may be asked for, beside its columns.
PAGING = ("as_of", "at_position", "min_position", "sort", "limit", "cursor")


class Moment(BaseModel):
    """The moment asked about: as known at the end of a day, or at a position; now without."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(
        None, description="截至该日登记的事实（登记日期）", examples=["2020-12-31"]
    )
    at_position: int | None = Field(None, ge=0, lt=2**53, description="台账到该位置为止")
    min_position: int | None = Field(
        None, ge=0, lt=2**53, description="至少跟进到该位置（读到自己所写），短时等待，否则 503"
    )


class Paging(Moment):
    """Which page of a list."""

    limit: int = Field(_DEFAULT, ge=1, le=MOST, description="每页行数")
    cursor: str | None = Field(None, max_length=2000, description="上一页给出的游标")


@dataclass(frozen=True)
class Columns:
    """One read model of current state, as a list."""

    kind: Kind

    @property
    def table(self) -> str:
        """Its table."""
        return NAMES[self.kind]

    @property
    def key(self) -> str:
        """The column that tells its rows apart."""
        return CONCEPTS[self.kind].key

    @cached_property
    def types(self) -> Mapping[str, type]:
        """Every column told, with its type."""
        return {name: kind for name, kind in CURRENT[self.table].columns if name != "known_on"}

    @cached_property
    def personal(self) -> frozenset[str]:
        """Columns of personal data: told to some, never asked by."""
        return frozenset(field_index(CONCEPTS[self.kind].state).personal)

    @cached_property
    def asked_by(self) -> tuple[str, ...]:
        """Columns that a list may be asked and sorted by; one named as a parameter is told only."""
        hidden = self.personal.union(PAGING)
        return tuple(name for name in self.types if name not in hidden)

    @cached_property
    def query(self) -> type[Paging]:
        """The model of the list's query parameters."""
        fields: dict[str, Any] = {}
        for name in self.asked_by:
            fields |= _parameters(name, self.types[name])
        sorts = [each for name in self.asked_by for each in (name, f"-{name}")]
        pattern = f"^-?({'|'.join(self.asked_by)})$"
        fields["sort"] = (
            str | None,
            Field(None, pattern=pattern, description="排序列，前加 - 为倒序", examples=sorts[:1]),
        )
        return create_model(f"{self.kind.name.title()}Query", __base__=Paging, **fields)

    @cached_property
    def row(self) -> type[BaseModel]:
        """The model of a row."""
        fields: dict[str, Any] = {n: (_told(t), ...) for n, t in self.types.items()}
        return create_model(f"{self.kind.name.title()}Row", **fields)

    def ask(self, clause: Clause, query: Paging) -> None:
        """The conditions that a query's values make."""
        for given in sorted(query.model_fields_set):
            name = given if given in self.types else given.rpartition("_")[0]
            value = getattr(query, given)
            if value is None or given in PAGING:
                continue
            if isinstance(value, list):
                clause.one_of(f'"{name}"', value)
            else:
                clause.add(*_condition(name, given.removeprefix(name), self.types[name], value))


def _parameters(name: str, kind: type) -> dict[str, Any]:
    if kind is date:
        return {
            name: (Day | None, None),
            f"{name}_from": (Day | None, Field(None, description="不早于该日")),
            f"{name}_to": (Day | None, Field(None, description="不晚于该日")),
        }
    if kind is tuple:
        return {name: (_Text | None, Field(None, description="其中之一"))}
    if kind is bool:
        return {name: (bool | None, None)}
    if kind is int:
        return {name: (int | None, Field(None, ge=0, lt=2**53))}
    return {name: (_Values, Field(None, description="等于其中之一"))}


_BOUNDS = {"_from": ">=", "_to": "<="}


def _condition(name: str, suffix: str, kind: type, value: Any) -> tuple[str, Any]:
    if kind is tuple:
        return f"';' || \"{name}\" || ';' LIKE '%;' || ? || ';%' ESCAPE '\\'", _literal(value)
    told = value.isoformat() if kind is date else value
    return f'"{name}" {_BOUNDS.get(suffix, "=")} ?', told


def _literal(value: str) -> str:
    return value.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _told(kind: type) -> Any:
    return list[str] if kind is tuple else (kind | None)
