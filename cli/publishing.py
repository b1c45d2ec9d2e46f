"""Publishing a statement: its manifest kept, the manifest's hash an event, the event signed in."""

from base64 import b64encode

from cli.logs import Log, sign
from cli.office import Office, console
from domain.statements.decisions import PublishStatement
from domain.streams import derived_id
from ledger.audit.sequencer import LogDamagedError, sequence
from ledger.audit.statements import KeptStatement, StatementStore
from ledger.envelope import Circumstances
from projections.cuts import Cut, Period
from projections.indicators import base_definitions
from reports.manifest import earlier_tree
from reports.manifest import manifest as manifest_of
from reports.statement import Statement, make_statement


def publish_statement(
    office: Office, period: Period, cut: Cut, organ: str | None
) -> tuple[Statement, bool]:
    """Make a statement of all that the ledger holds, and pin it to the log.

    With it whether a quorum of the policy's witnesses has cosigned the checkpoint.
    """
    statement = make_statement(
        office.engine, period, cut, organ, root_at=office.log.root_at, contributing=True
    )
    sequence(office.log)
    tree = office.log.tree_at(statement.provenance.position)
    if tree is None:
        raise LogDamagedError("日志没有跟上读模型")
    size, root = tree[0], b64encode(tree[1]).decode()
    earlier = earlier_tree(office.engine, statement)
    made = manifest_of(statement, earlier, (size, root), office.log.leaves_at)
    kept = KeptStatement(made, base_definitions().text.encode())
    StatementStore(office.ledger).keep(kept)
    office.ledger.execute(_act(office, statement, kept, size, root), _circumstances(office, kept))
    outcome = sign(Log(office))
    office.catch_up()
    console.print(f"清单 {kept.sha256} 已登记并签入检查点；bundle export 时随包带出")
    return statement, outcome.met


def _act(
    office: Office, statement: Statement, kept: KeptStatement, size: int, root: str
) -> PublishStatement:
    period, cut = statement.period, statement.cut
    asked = f"{period.first}/{period.last}/{statement.organ or '全部'}/{cut.as_of or '当前'}"
    return PublishStatement(
        number=f"{asked}@{size}",
        period_from=period.first,
        period_to=period.last,
        organ=statement.organ,
        as_of=cut.as_of,
        definition_sha256=statement.provenance.definition_sha256,
        manifest_sha256=kept.sha256,
        size=size,
        root=root,
        published_on=office.ledger.today(),
    )


def _circumstances(office: Office, kept: KeptStatement) -> Circumstances:
    """The same manifest published again is the same act."""
    made = derived_id(f"statement {kept.sha256}")
    return Circumstances(office.settings.actor, made, made, office.ledger.today())
