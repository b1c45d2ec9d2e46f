"""``make bench``: one table; every row with the raw limit or a peer measured in the same run."""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.sets import make_set
from bench.timing import in_process
from tests.support.broker.apache import LIBS
from tests.support.postgresql import installed


def rate(number: float) -> str:
    return f"{number:,.0f}/s"


def append(table: Table, folder: Path, count: int) -> None:
    found = in_process("bench.append", str(folder), str(count))
    raw = found["raw"]
    for name, title in (("ours", "append, batches of 1000"), ("ours_mapped", "… facts mapped too")):
        ratio = found[name] / raw
        peer = f"library {rate(found['library'])}"
        table.add_row(title, rate(found[name]), rate(raw), f"{ratio:.2f}", "≥ 0.5", peer)


def imports(table: Table, folder: Path, rows: int) -> float:
    """Import two sets; returns seconds an event of the larger."""
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
    return float(seconds / found["events"])


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


def lists(table: Table, folder: Path, rows: int) -> None:
    found = in_process("bench.lists", str(folder), str(rows))
    title = f"register list of {found['rows']:,} leads from nothing"
    beside = f"reading its bare rows {found['bare_s']:.2f} s"
    table.add_row(title, f"{found['listed_s']:.1f} s", "10 s", "", "≤ 10 s", beside)
    table.add_row("… the terms of it from nothing", f"{found['terms_s']:.1f} s", "", "", "", "")
    page = f"{found['page_ms']:.1f} ms"
    slowest = f"slowest {found['slowest_ms']:.1f} ms"
    table.add_row("… a page of 50, with stage and next deadline", page, "", "", "ms", slowest)
    for cut, said in (("as_of", "as of a day"), ("at_position", "at a position")):
        page = f"{found[f'{cut}_ms']:.1f} ms"
        slowest = f"slowest {found[f'slowest_{cut}_ms']:.1f} ms"
        table.add_row(f"… the same {said}, half of it known", page, "", "", "ms", slowest)
    table.add_row(
        "… every deadline of it, all open", f"{found['deadlines_s']:.1f} s", "", "", "", ""
    )


def log(table: Table, folder: Path, wanted: int, importing: float) -> None:
    """``importing`` is how many seconds an event takes to import, stored and projected."""
    found = in_process("bench.log", str(folder), str(folder / "import.sqlite3"), str(wanted))
    events = found["events"]
    ours, raw = found["sequencing_s"] / events, importing
    title = f"sequencing {events:,} events into the log, beside importing them"
    times = (f"{ours * 1e6:.1f} µs", f"{raw * 1e6:.0f} µs")
    table.add_row(title, *times, f"{ours / raw:.2f}", "≤ 0.3", "an event")
    hashed = (f"{found['hash_s']:.2f} s", f"{found['bare_s']:.2f} s")
    ratio = f"{found['bare_s'] / found['hash_s']:.2f}"
    size = f"hashlib over the same inputs, {found['bytes'] / 2**20:,.0f} MiB of entries"
    table.add_row(f"audit of {events:,} events, hash part", *hashed, ratio, "≥ 0.5", size)
    alone = f"{found['entries_s'] / found['hash_s']:.2f}"
    entries = (f"{found['hash_s']:.2f} s", f"{found['entries_s']:.2f} s")
    table.add_row("… beside one digest an entry, without nodes", *entries, alone, "", "")
    table.add_row("… all of it, verify.py", f"{found['audit_s']:.1f} s", "", "", "", "")
    for count, microseconds in found["proofs_us"].items():
        title = f"inclusion and consistency proof in {int(count):,}"
        table.add_row(title, f"{microseconds:.0f} µs", "", "", "log n", "")


def feed(table: Table, folder: Path, clients: int, events: int) -> None:
    found = in_process("bench.feed", str(folder), str(clients), str(events))
    title = f"event stream, {found['clients']:,} clients: server memory a client"
    memory = (f"{found['client_kib']:.0f} KiB", f"{found['before_mib']:.0f} MiB")
    table.add_row(title, *memory, "", "flat", "beside: the server before they came")
    title = f"… when each was told {found['events']:,} events"
    told = f"{rate(found['told_per_s'])} told in all"
    table.add_row(title, f"{found['client_told_kib']:.0f} KiB", "", "", "flat", told)


def http(table: Table, folder: Path) -> None:
    if shutil.which("wrk") is None:
        table.add_row("the API over loopback", "", "", "", "", "not measured: wrk is not installed")
        return
    found = in_process("bench.http", str(folder))
    titles = {
        "list": "HTTP read of a list, 50 rows",
        "one_organ": "… of one organ",
        "as_of": "… as of a day",
        "at_position": "… at a position",
        "recorded": "… with personal data, each reading recorded on disk",
    }
    for name, title in titles.items():
        read = found["reads"][name]
        ours, raw = read["ours"], read["raw"]
        wanted = "≥ 0.5" if name == "list" else ""
        beside = f"bare FastAPI, the same {read['bytes'] / 1000:.0f} kB"
        table.add_row(title, rate(ours), rate(raw), f"{ours / raw:.2f}", wanted, beside)
    for quantile, wanted in (("p50", ""), ("p99", "≤ 3")):
        ours, raw = (found["commands"][name][quantile] for name in ("ours", "raw"))
        title = f"HTTP command, {quantile}"
        times = (f"{ours:.1f} ms", f"{raw:.1f} ms")
        table.add_row(title, *times, f"{ours / raw:.1f}", wanted, "a bare SQLite commit")


def on_server(table: Table, count: int) -> None:
    if installed() is None:
        said = "not measured: PostgreSQL's server is not installed"
        table.add_row("the ledger on PostgreSQL", "", "", "", "", said)
        return
    found = in_process("bench.server", "examples/wuhua2020", str(count))
    append, follow = found["append"], found["follow"]
    ours, raw = append["ours"], append["copy"]
    peer = f"COPY; library {rate(append['library'])}"
    title = "append on PostgreSQL, batches of 1000"
    table.add_row(title, rate(ours), rate(raw), f"{ours / raw:.2f}", "≥ 0.33", peer)
    titles = {
        "pages": "following it, page by page",
        "read_models": "… into read models and journal",
        "log": "… into the log",
    }
    for name, title in titles.items():
        wanted = "50,000/s" if name == "pages" else ""
        table.add_row(title, rate(follow[name]), "", "", wanted, f"{follow['events']:,} events")
    title = f"{count // 10:,} messages taken in once, on PostgreSQL"
    beside_messages(table, title, found["messages"])


#: Beside what messages are taken in, and what is wanted of that from Apache Kafka.
BESIDE_MESSAGES = {
    "raw": ("≥ 0.6", "the same commands without messages"),
    "together": ("", "… all that they look at asked for at once"),
    "confluent": ("≥ 0.8", "the same worker on confluent-kafka"),
}


def beside_messages(table: Table, title: str, found: dict[str, Any]) -> None:
    for name, (wanted, beside) in BESIDE_MESSAGES.items():
        if name in found:
            ratio = f"{found['ours'] / found[name]:.2f}"
            table.add_row(title, rate(found["ours"]), rate(found[name]), ratio, wanted, beside)


def inbound(table: Table, folder: Path, count: int) -> None:
    for name in ("alone", "kafka"):
        (folder / name).mkdir()
    found = in_process("bench.inbound", str(folder / "alone"), str(count))
    beside_messages(table, f"{count:,} messages taken in once, without a broker", found)
    if not LIBS.is_dir() or shutil.which("java") is None:
        said = "not measured: Apache Kafka or Java is not there (make broker)"
        table.add_row("… from Apache Kafka", "", "", "", "", said)
        return
    found = in_process("bench.inbound_kafka", str(folder / "kafka"), str(count))
    beside_messages(table, "… from Apache Kafka, exactly once", found)


def publisher(table: Table, folder: Path, count: int) -> None:
    found = in_process("bench.publisher", str(folder), str(count))
    if "lacking" in found:
        reason = f"not measured: {found['lacking']} is missing"
        table.add_row("publishing to Apache Kafka", "", "", "", "", reason)
        return
    ours, raw = found["ours"], found["raw"]
    title = f"{count:,} facts published to Apache Kafka, once"
    beside = f"a bare producer, the same {found['bytes']:.0f} B, no transaction"
    table.add_row(title, rate(ours), rate(raw), f"{ours / raw:.2f}", "", beside)


def main() -> None:
    quick = "--quick" in sys.argv
    rows, postings = (30_000, 300_000) if quick else (300_000, 5_000_000)
    table = Table(title="bench")
    for heading in ("work", "ours", "yardstick", "ratio", "wanted", "beside"):
        table.add_column(heading, justify="left" if heading in ("work", "beside") else "right")
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        append(table, folder, rows // 3)
        importing = imports(table, folder, rows)
        replay(table, folder)
        shutil.rmtree(folder / "large")
        log(table, folder, rows * 10 // 3, importing)
        statements(table, folder, postings)
        (folder / "lists").mkdir()
        lists(table, folder / "lists", rows)
        feed(table, folder, 1000, 1000)
        (folder / "http").mkdir()
        http(table, folder / "http")
        on_server(table, rows // 3)
        (folder / "inbound").mkdir()
        inbound(table, folder / "inbound", rows // 15)
        (folder / "publisher").mkdir()
        publisher(table, folder / "publisher", rows // 15)
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
