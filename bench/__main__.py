"""``make bench``: one table; every row with the raw limit or a peer measured in the same run."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.sets import make_set
from bench.timing import in_process


def rate(number: float) -> str:
    return f"{number:,.0f}/s"


def append(table: Table, folder: Path, count: int) -> None:
    found = in_process("bench.append", str(folder), str(count))
    raw = found["raw"]
    for name, title in (("ours", "append, batches of 1000"), ("ours_mapped", "… facts mapped too")):
        ratio = found[name] / raw
        peer = f"library {rate(found['library'])}"
        table.add_row(title, rate(found[name]), rate(raw), f"{ratio:.2f}", "≥ 0.5", peer)


def imports(table: Table, folder: Path, rows: int) -> None:
    make_set(folder / "small", rows // 5)
    make_set(folder / "large", rows)
    (folder / "s").mkdir()
    small = in_process("bench.imports", str(folder / "s"), str(folder / "small"))
    found = in_process("bench.imports", str(folder), str(folder / "large"))
    seconds = found["stored_s"] + found["projected_s"]
    ours, raw = found["events"] / seconds, found["rows"] / found["raw_s"]
    title = f"import, {found['rows']:,} rows to events, stored and projected"
    table.add_row(
        title, rate(ours), rate(raw), f"{ours / raw:.3f}", "20,000/s", "csv + executemany"
    )
    wall = f"{seconds:.1f} s"
    table.add_row(
        "… wall", wall, f"{found['raw_s']:.1f} s", "", "10 s", f"{found['refused']} refused"
    )
    memory = found["peak_mib"] / small["peak_mib"]
    peak = (f"{found['peak_mib']:.0f} MiB", f"{small['peak_mib']:.0f} MiB")
    table.add_row("… peak memory, five times the rows", *peak, f"{memory:.2f}", "flat", "")


def replay(table: Table, folder: Path) -> None:
    found = in_process("bench.replay", str(folder), str(folder / "import.sqlite3"), "3000")
    ours = found["events"] / found["ours_s"]
    raw = found["events"] / found["raw_s"]
    title = f"replay, {found['events']:,} events into {found['rows']:,} rows"
    table.add_row(title, rate(ours), rate(raw), f"{ours / raw:.2f}", "≥ 0.5", "raw executemany")
    library = found["library_per_s"]
    ratio = f"{ours / library:.1f}"
    table.add_row("… the library's ProjectionRunner", rate(ours), rate(library), ratio, "≥ 20", "")


def statements(table: Table, folder: Path, count: int) -> None:
    source = str(folder / "import.sqlite3")
    found = in_process("bench.statements", str(folder), source, str(count))
    assert found["equal"], "DuckDB and the journal disagree"
    title = f"statement of a year over {found['postings']:,} postings"
    ours, peer = found["ours_s"], found["duckdb_s"]
    table.add_row(
        title, f"{ours:.2f} s", f"{peer:.2f} s", f"{ours / peer:.2f}", "≤ 3", "DuckDB, Parquet"
    )
    checks = f"{found['checks_s']:.2f} s"
    table.add_row("… its identities, facts counted one by one", checks, "", "", "", "")


def main() -> None:
    quick = "--quick" in sys.argv
    rows, postings = (30_000, 300_000) if quick else (300_000, 5_000_000)
    table = Table(title="bench")
    for heading in ("work", "ours", "yardstick", "ratio", "wanted", "beside"):
        table.add_column(heading, justify="left" if heading in ("work", "beside") else "right")
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        append(table, folder, rows // 3)
        imports(table, folder, rows)
        replay(table, folder)
        shutil.rmtree(folder / "large")
        statements(table, folder, postings)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
