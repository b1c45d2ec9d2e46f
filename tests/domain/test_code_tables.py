"""Code tables: official terms, what each means, and when it is in force."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain import rules
from domain.acts import ACTS
from domain.codes.tables import (
    CodeTable,
    Term,
    code_table,
    code_tables,
    form_of_measure,
    read_tables,
)
from domain.fields import field_index
from domain.petitions.petition import Petition
from domain.refusals import Refusal
from domain.rules import require_codes
from tests.domain.harness import stated
from tests.domain.samples import a_petition

ON = date(2021, 6, 1)
TERMS = [(name, value) for name, table in code_tables().items() for value in table.terms]
MEASURES = code_table("measure")


@pytest.mark.parametrize(("table", "value"), TERMS)
def test_every_term_has_an_english_identifier(table: str, value: str) -> None:
    term = code_table(table).terms[value]
    assert term.english.isidentifier()
    assert term.english.islower()


@pytest.mark.parametrize("name", sorted(code_tables()))
def test_no_two_terms_of_a_table_share_an_english_identifier(name: str) -> None:
    english = [term.english for term in code_table(name).terms.values()]
    assert len(english) == len(set(english))


@pytest.mark.parametrize("name", sorted(code_tables()))
def test_every_table_names_itself_and_its_source(name: str) -> None:
    table = code_table(name)
    assert table.name == name
    assert table.title
    assert table.source


def test_every_coded_field_has_its_table() -> None:
    used = {table for act in ACTS for _, table in field_index(act).codes}
    assert used <= set(code_tables())


def test_an_unknown_table_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        code_table("天气")


ONE = """
[tables.{name}]
title = "颜色"
source = "本地规定"
[tables.{name}.terms]
"红" = {{ english = "red" }}
"""


def test_tables_are_read_from_every_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(ONE.format(name="one"), encoding="utf-8")
    (tmp_path / "two.toml").write_text(ONE.format(name="two"), encoding="utf-8")
    assert list(read_tables(tmp_path)) == ["one", "two"]


def test_a_table_in_two_files_is_an_error(tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text(ONE.format(name="colour"), encoding="utf-8")
    with pytest.raises(ValueError, match="colour is in two files"):
        read_tables(tmp_path)


def test_the_index_names_the_measures_of_each_form() -> None:
    forms = [term.form for term in MEASURES.terms.values()]
    assert forms.count("第一种形态") == 14
    assert forms.count("第二种形态") == 21
    assert forms.count("第三种形态") == 5
    assert set(forms) == set(code_table("form").terms)


@pytest.mark.parametrize(
    ("measure", "form"),
    [
        ("提醒谈话", "第一种形态"),
        ("诫勉（谈话）", "第一种形态"),
        ("党内警告", "第二种形态"),
        ("免职", "第二种形态"),
        ("开除党籍", "第三种形态"),
        ("移送检察机关", "第四种形态"),
        ("罚款", None),
        ("", None),
    ],
)
def test_a_measure_belongs_to_one_form_or_to_none_that_is_published(
    measure: str, form: str | None
) -> None:
    assert form_of_measure(measure, ON) == form


@pytest.mark.parametrize(("alias", "measure"), sorted(MEASURES.aliases.items()))
def test_an_alias_belongs_to_the_form_of_its_measure(alias: str, measure: str) -> None:
    assert alias not in MEASURES.terms
    assert form_of_measure(alias, ON) == MEASURES.terms[measure].form


DATED = Term("拟立案", "to_file", since=date(2005, 1, 1), until=date(2016, 12, 31))


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2004, 12, 31), False),
        (date(2005, 1, 1), True),
        (date(2016, 12, 31), True),
        (date(2017, 1, 1), False),
    ],
)
def test_a_term_is_in_force_from_its_first_to_its_last_day(on: date, *, expected: bool) -> None:
    table = CodeTable("method", "处置方式", "旧规则", {DATED.value: DATED}, {})
    assert DATED.in_force(on) is expected
    assert table.in_force("拟立案", on) is expected


def test_a_term_without_dates_is_always_in_force() -> None:
    always = replace(DATED, since=None, until=None)
    assert always.in_force(date.min)
    assert always.in_force(date.max)


def test_a_term_of_no_table_is_never_in_force() -> None:
    table = CodeTable("method", "处置方式", "旧规则", {}, {"旧称": "拟立案"})
    assert not table.in_force("拟立案", ON)
    assert not table.in_force("旧称", ON)


def test_a_term_no_longer_in_force_is_refused_by_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    fax = Term("传真", "fax", until=date(2020, 12, 31))
    table = CodeTable("petition_channel", "信访方式", "旧渠道", {"传真": fax}, {})
    tables = {**code_tables(), "petition_channel": table}
    monkeypatch.setattr(rules, "code_table", tables.__getitem__)
    petition = stated(a_petition(channel="传真"), Petition)
    require_codes(petition, date(2020, 12, 31))
    with pytest.raises(Refusal, match="在 2021-01-01 不适用") as refused:
        require_codes(petition, date(2021, 1, 1))
    assert (refused.value.code, refused.value.field) == ("unknown_code", "channel")


def test_a_measure_no_longer_in_force_has_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Term("党内警告", "party_warning", until=date(2020, 12, 31), form="第二种形态")
    table = replace(MEASURES, terms={"党内警告": old})
    monkeypatch.setattr("domain.codes.tables.code_table", {"measure": table}.__getitem__)
    assert form_of_measure("警告", date(2020, 12, 31)) == "第二种形态"
    assert form_of_measure("警告", date(2021, 1, 1)) is None
