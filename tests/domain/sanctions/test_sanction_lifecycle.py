"""A sanction tried at random."""

from datetime import date
from typing import Any

from hypothesis import given as over
from hypothesis import strategies as st

from domain.sanctions.lifecycle import LIFECYCLE
from tests.domain.harness import Office
from tests.domain.machines import MACHINES, sequences, tried
from tests.domain.sanctions import samples as x

DAYS = st.dates(date(2021, 6, 1), date(2024, 12, 31))
YEARS = st.sampled_from([date(2021, 7, 1), date(2022, 6, 5), date(2022, 8, 1), date(2023, 3, 1)])


def dated(make: Any, field: str, **more: Any) -> Any:
    return lambda: st.builds(make, **{field: YEARS | DAYS}, **more)


ACTS: dict[str, Any] = {
    "announce": dated(x.an_announcement, "announced_on"),
    "report": dated(x.an_execution_report, "execution_reported_on"),
    "extend": dated(x.a_probation_extension, "probation_extended_on"),
    "apply": dated(x.an_application, "restoration_applied_on"),
    "resolve": dated(x.a_resolution, "branch_resolved_on"),
    "restore": dated(x.a_restoration, "rights_restored_on"),
    "revoke restoration": dated(x.a_restoration_revoked, "restoration_revoked_on"),
    "rehandle": dated(x.a_rehandling, "rehandling_on"),
    "uphold": dated(x.an_upholding, "upheld_on"),
    "change": dated(
        x.a_change, "changed_on", kind=st.sampled_from(["警告", "降级", "留党察看", "撤职"])
    ),
    "revoke": dated(x.a_revocation, "revoked_on"),
    "reinstate": dated(x.a_reinstatement, "reinstated_on"),
    "put off": lambda: st.just(x.a_post_change_extension(number=x.NUMBER)),
    "change post": lambda: st.just(x.a_post_change(number=x.NUMBER)),
}
EXPULSION = x.a_party_decision(number=x.OTHER, kind="开除党籍", decided_on=date(2023, 3, 1))
OPENINGS = {
    "probation": (x.a_probation(),),
    "restored": (x.a_probation(), x.an_application(), x.a_resolution(), x.a_restoration()),
    "office": (x.a_removal_from_office(number=x.NUMBER),),
}
#: Ways that are rare by chance, each taken on purpose.
COURSES = [
    (*OPENINGS["probation"], *steps)
    for steps in (
        (x.an_announcement(), x.an_application(), x.a_resolution(), x.a_restoration()),
        (x.an_announcement(), x.a_probation_extension()),
        (
            x.an_announcement(),
            x.an_execution_report(),
            x.a_probation_extension(),
            x.an_application(restoration_applied_on=date(2023, 6, 1)),
            x.a_resolution(branch_resolved_on=date(2023, 6, 2)),
            x.a_restoration(rights_restored_on=date(2023, 6, 3)),
        ),
        (x.an_announcement(), x.a_rehandling(), x.an_upholding(), x.a_revocation()),
    )
] + [
    (
        *OPENINGS["office"],
        x.a_post_change_extension(number=x.NUMBER),
        x.a_post_change(number=x.NUMBER),
        x.a_change(kind="降级"),
        x.a_rehandling(rehandling_on=date(2022, 8, 1)),
        x.a_change(kind="记过", changed_on=date(2022, 9, 1)),
        x.a_revocation(revoked_on=date(2022, 10, 1)),
        x.a_reinstatement(reinstated_on=date(2022, 11, 1)),
    )
]


def test_the_decisions_allow_just_the_moves_of_the_table() -> None:
    ways: set[tuple[str, str, str]] = set()

    def follow(commands: Any) -> None:
        office = Office()
        for command in (*x.IN_REVIEW, EXPULSION):
            office.carry_out(command)
        ways.update(tried(LIFECYCLE, office, x.NUMBER, commands))

    @MACHINES
    @over(st.sampled_from([*OPENINGS.values()]), sequences(ACTS, most=16))
    def machine(opening: Any, wanted: list[Any]) -> None:
        follow((*opening, *wanted))

    machine()
    for course in COURSES:
        follow(course)
    for move in LIFECYCLE.moves:
        assert ways & {(move.act, *arrow) for arrow in move.arrows}, move
