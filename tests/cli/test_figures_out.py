"""``report``, ``facts`` and ``compare`` in every form in which they print."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from projections.indicators import base_definitions
from tests.support.commands import Answer, command
from tests.support.expected import WUHUA
from tests.support.offices import Desk
from tests.support.registers import EXAMPLES

YEAR = WUHUA[0]


def rows(answer: Answer) -> list[list[str]]:
    """A CSV document as a spreadsheet opens it."""
    assert (answer.code, answer.out[:3]) == (0, b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.out.decode("utf-8-sig"))))


def test_a_report_as_csv_has_every_figure_and_every_check(wuhua: Desk) -> None:
    found = rows(command(wuhua.file, "report", *YEAR.options, "--format", "csv"))
    assert found[0] == ["代码", "指标", "单位", "数值", "占比(%)"]
    end = found.index([])
    figures, checks = found[1:end], found[end + 2 :]
    assert {code: int(value) for code, _, _, value, _ in figures} == YEAR.figures
    shares = {code: share for code, _, _, _, share in figures if share}
    assert list(shares.values()) == ["56.3", "35.3", "3.4", "5.0"]
    assert len(checks) == len(base_definitions().identities)
    assert {check[2] for check in checks} == {"成立"}


def test_a_report_as_text_has_every_figure_its_checks_and_where_it_comes_from(
    wuhua: Desk,
) -> None:
    text = command(wuhua.file, "report", *YEAR.options).out.decode()
    for indicator in base_definitions().indicators:
        line = next(line for line in text.splitlines() if f" {indicator.code} " in line)
        cells = [cell.strip() for cell in line.strip("│").split("│")]
        assert cells[:3] == [indicator.name, str(YEAR.figures[indicator.code]), indicator.unit]
    assert "不成立" not in text
    assert f"台账位置 {wuhua.ledger.head()}" in text


def test_a_bulletin_drops_the_zero_behind_the_point(wuhua: Desk) -> None:
    """Shares to one decimal that add to 100.0, as the county's own bulletin printed them."""
    ordinary = command(wuhua.file, "report", *YEAR.options).out.decode()
    bulletin = command(wuhua.file, "report", *YEAR.options, "--bulletin").out.decode()
    assert " 5.0% " in ordinary
    assert " 5% " in bulletin
    assert all(
        f" {share}% " in text for share in (56.3, 35.3, 3.4) for text in (ordinary, bulletin)
    )


@pytest.mark.parametrize("example", ["fengze", "wuhua2020"])
def test_beside_the_published_figures_all_agree(example: str, fengze: Desk, wuhua: Desk) -> None:
    desk = {"fengze": fengze, "wuhua2020": wuhua}[example]
    period = {"fengze": ["2016-10-01", "2021-09-30"], "wuhua2020": ["2020-01-01", "2020-12-31"]}
    options = ["--from", period[example][0], "--to", period[example][1]]
    published = EXAMPLES / example / "published.json"
    text = command(desk.file, "report", *options, "--published", published).out.decode()
    assert text.count("相符") == 15 + 1
    assert "相差" not in text


def test_a_figure_that_differs_from_the_published_one_says_by_how_much(
    tmp_path: Path, wuhua: Desk
) -> None:
    published = tmp_path / "已公布.json"
    published.write_text('{"figures": {"cases.filed": 300, "forms.first": 368}}', encoding="utf-8")
    text = command(wuhua.file, "report", *YEAR.options, "--published", published).out.decode()
    assert "相差 -2" in text


def test_facts_as_csv_and_json_are_as_many_as_the_figure(wuhua: Desk) -> None:
    for code in ("forms.fourth", "sanctions.persons", "archives.managed"):
        arguments = ("facts", code, *YEAR.options, "--format")
        found = rows(command(wuhua.file, *arguments, "csv"))
        assert len(found) - 1 == YEAR.figures[code]
        document = command(wuhua.file, *arguments, "json").json
        assert document["count"] == len(document["facts"]) == YEAR.figures[code]
        assert (document["code"], document["as_of"], document["at_position"]) == (code, None, None)
        positions = found[0].index("位置")
        assert [int(row[positions]) for row in found[1:]] == [
            fact["position"] for fact in document["facts"]
        ]


def test_facts_as_text_name_figure_unit_and_definition(wuhua: Desk) -> None:
    text = command(wuhua.file, "facts", "forms.third", *YEAR.options).out.decode()
    assert "第三种形态：22 人次" in " ".join(text.split())
    assert sum("四种形态 XT2020" in line for line in text.splitlines()) == 22


def test_facts_of_one_organ_and_one_day_are_those_of_its_figure(wuhua: Desk) -> None:
    options = (*YEAR.options, "--organ", "441424-PZ1", "--as-of", "2021-01-10", "--format", "json")
    figures = command(wuhua.file, "report", *options).json["figures"]
    value = next(each["value"] for each in figures if each["code"] == "forms.first")
    assert command(wuhua.file, "facts", "forms.first", *options).json["count"] == value > 0


def test_what_changed_in_every_form(wuhua: Desk) -> None:
    cuts = ("--left", "2021-01-31", "--right", "now")
    arguments = ("compare", *YEAR.options, *cuts)
    document = command(wuhua.file, *arguments, "--format", "json").json
    assert [
        (each["code"], each["left"], each["right"], len(each["removed"]), len(each["added"]))
        for each in document["changes"]
    ] == [("forms.first", 364, 368, 0, 4), ("forms.second", 235, 231, 4, 0)]
    assert document["left"] == {"as_of": "2021-01-31", "at_position": None}
    found = rows(command(wuhua.file, *arguments, "--format", "csv"))
    assert len(found) - 1 == 8
    text = command(wuhua.file, *arguments).out.decode()
    assert "+4" in text
    assert "-4" in text
    assert all(number in text for number in ("XT202000525", "XT202000621"))


def test_cut_offs_may_be_positions(wuhua: Desk) -> None:
    head = wuhua.ledger.head()
    options = ("--left", str(head - 16), "--right", str(head), "--format", "json")
    document = command(wuhua.file, "compare", *YEAR.options, *options).json
    assert [each["code"] for each in document["changes"]] == ["forms.first", "forms.second"]
    assert document["left"] == {"as_of": None, "at_position": head - 16}


def test_between_equal_cut_offs_it_says_that_nothing_changed(wuhua: Desk) -> None:
    cuts = ("--left", "now", "--right", "now")
    assert "没有变化" in command(wuhua.file, "compare", *YEAR.options, *cuts).out.decode()


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", *YEAR.options, "--format", "csv"],
        ["facts", "forms.fourth", *YEAR.options, "--format", "json"],
        ["compare", *YEAR.options, "--left", "2021-01-31"],
        ["history", "四种形态", "XT202000525"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_document_may_be_written_to_a_file(
    arguments: list[str], tmp_path: Path, wuhua: Desk
) -> None:
    printed = command(wuhua.file, *arguments)
    target = tmp_path / "文件"
    answer = command(wuhua.file, *arguments, "--output", target)
    assert (answer.code, answer.out) == (0, b"")
    assert target.read_bytes() == printed.out
    assert str(target) in answer.err.replace("\n", "")
