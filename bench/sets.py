"""A register set of any size, made up: the shapes and proportions of a district's registers."""

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

ORGANS = [f"ORG-{n:03d}" for n in range(40)]
UNITS = [f"U{n:05d}" for n in range(2000)]
RANKS = ["县处级", "乡科级", "一般干部", "农村、企业等其他人员"]
SOURCES = ["信访举报", "监督检查发现", "案件查办中发现", "巡察移交", "审计移送", "上级交办"]
MEASURES = {
    "第一种形态": ["批评教育", "谈话提醒", "诫勉"],
    "第二种形态": ["党内警告", "党内严重警告"],
    "第三种形态": ["撤销党内职务", "开除党籍"],
    "第四种形态": ["移送检察机关"],
}
FIRST_DAY = date(2014, 1, 1)
DAYS = 10 * 365


def _day(rng: random.Random) -> date:
    return FIRST_DAY + timedelta(days=rng.randrange(DAYS))


def _write(folder: Path, name: str, headings: str, rows: Iterable[tuple[object, ...]]) -> int:
    made = list(rows)
    with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings.split())
        writer.writerows(made)
    return len(made)


def make_set(folder: Path, rows: int, seed: int = 20201231) -> int:
    """Write about ``rows`` register rows as CSV into a folder; returns how many."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    share = rows // 20
    leads = [(f"XS{n:07d}", _day(rng), rng.randrange(share * 3)) for n in range(share * 3)]
    total = _places(folder)
    total += _persons(folder, rng, share * 3)
    total += _archives(folder, rng, share * 5, share * 3)
    total += _petitions(folder, rng, share * 3)
    total += _rounds(folder, rng, share * 2)
    total += _write(folder, "问题线索", LEAD, _leads(rng, leads))
    total += _write(folder, "线索处置", HANDLING, _handlings(rng, leads))
    total += _cases(folder, rng, leads[: len(leads) // 3])
    return total


LEAD = "线索编号 来源 来源编号 收到日期 登记日期 机构代码 承办部门 被反映人 问题类别 问题摘要"
HANDLING = "线索编号 处置日期 登记日期 处置方式 批准人 办结日期 办理结果"


def _places(folder: Path) -> int:
    organs = ((o, f"机构{o}", "纪委监委", "", "350500") for o in ORGANS)
    units = ((u, f"单位{u}", "区直单位", "", "350500") for u in UNITS)
    count = _write(folder, "机构", "机构代码 机构名称 机构类型 上级机构代码 行政区划代码", organs)
    headings = "单位代码 单位名称 单位类型 上级单位代码 行政区划代码"
    return count + _write(folder, "单位", headings, units)


def _persons(folder: Path, rng: random.Random, count: int) -> int:
    rows = (
        (
            *(f"R{n:07d}", "某人", "中共党员", rng.choice(UNITS), "科员", rng.choice(RANKS)),
            *("是" if n % 5 == 0 else "否", FIRST_DAY, FIRST_DAY),
        )
        for n in range(count)
    )
    headings = "人员编号 姓名 政治面貌 单位代码 职务 职级 区管干部 建档日期 登记日期"
    return _write(folder, "监督对象", headings, rows)


def _archives(folder: Path, rng: random.Random, count: int, persons: int) -> int:
    def rows() -> Iterator[tuple[object, ...]]:
        for n in range(count):
            day = _day(rng)
            person = f"R{rng.randrange(persons):07d}"
            yield (f"DA{n:07d}", person, day, day, "半年更新", "", "案件监督管理室")

    headings = "档案事项编号 人员编号 发生日期 登记日期 类别 内容 来源部门"
    return _write(folder, "廉政档案", headings, rows())


def _petitions(folder: Path, rng: random.Random, count: int) -> int:
    def rows() -> Iterator[tuple[object, ...]]:
        for n in range(count):
            day = _day(rng)
            known = day + timedelta(days=rng.randrange(5))
            kind = rng.choice(["检举控告", "批评建议", "申诉", "业务范围外"])
            yield (f"XF{n:07d}", day, known, rng.choice(ORGANS), "来信", kind, "实名", "否", "")

    headings = "信访编号 收到日期 登记日期 机构代码 方式 类别 署名 重复件 内容摘要"
    return _write(folder, "信访举报", headings, rows())


def _rounds(folder: Path, rng: random.Random, problems: int) -> int:
    rounds = [(f"LX{n:04d}", FIRST_DAY + timedelta(days=30 * n)) for n in range(100)]
    kinds = ["常规", "专项", "机动", "交叉", "回头看"]
    opened = (
        (number, rng.choice(kinds), number, rng.choice(ORGANS), day, day + timedelta(days=60))
        for number, day in rounds
    )
    count = _write(folder, "巡察轮次", "轮次编号 类型 名称 机构代码 开始日期 结束日期", opened)

    def rows() -> Iterator[tuple[object, ...]]:
        for n in range(problems):
            number, day = rng.choice(rounds)
            back = day + timedelta(days=70)
            done = back + timedelta(days=90)
            unit = rng.choice(UNITS)
            yield (f"WT{n:07d}", number, unit, "党的建设", "", back, back, done, done)

    headings = (
        "问题编号 轮次编号 单位代码 问题类别 问题摘要 反馈日期 登记日期 整改期限 整改完成日期"
    )
    return count + _write(folder, "巡察问题", headings, rows())


Lead = tuple[str, date, int]


def _leads(rng: random.Random, leads: list[Lead]) -> Iterator[tuple[object, ...]]:
    for number, day, person in leads:
        source = rng.choice(SOURCES)
        known = day + timedelta(days=rng.randrange(6))
        organ = rng.choice(ORGANS)
        yield (number, source, "", day, known, organ, "一室", f"R{person:07d}", "廉洁纪律", "")


def _handlings(rng: random.Random, leads: list[Lead]) -> Iterator[tuple[object, ...]]:
    for number, day, _ in leads:
        decided = day + timedelta(days=20)
        method = rng.choice(["谈话函询", "初步核实"])
        yield (
            number,
            decided,
            decided,
            method,
            "主要负责人",
            decided + timedelta(days=30),
            "已办结",
        )


def _cases(folder: Path, rng: random.Random, leads: list[Lead]) -> int:
    cases, forms, sanctions = [], [], []
    for n, (lead, day, person) in enumerate(leads):
        filed, closed = day + timedelta(days=40), day + timedelta(days=150)
        who, organ, rank = f"R{person:07d}", rng.choice(ORGANS), rng.choice(RANKS)
        case = f"AJ{n:07d}"
        cases.append((case, lead, who, organ, filed, filed, rank, closed, closed, ""))
        form = rng.choice(list(MEASURES))
        measure = rng.choice(MEASURES[form])
        known = closed + timedelta(days=rng.randrange(20))
        forms.append((f"XT{n:07d}", lead, case, who, organ, form, measure, closed, known, rank))
        category, kind = rng.choice([("党纪处分", "警告"), ("政务处分", "记过")])
        sanctions.append((f"CF{n:07d}", case, who, organ, category, kind, closed, known, rank))
    later = "移送审理日期 结案日期 移送检察机关日期"
    case_headings = f"案件编号 线索编号 人员编号 机构代码 立案日期 登记日期 立案时职级 {later}"
    form_headings = (
        "处置编号 线索编号 案件编号 人员编号 机构代码 形态 措施 决定日期 登记日期 决定时职级"
    )
    sanction_headings = (
        "处分编号 案件编号 人员编号 机构代码 处分类别 处分种类 决定日期 登记日期 决定时职级"
    )
    count = _write(folder, "立案", case_headings, cases)
    count += _write(folder, "四种形态", form_headings, forms)
    return count + _write(folder, "处分", sanction_headings, sanctions)
