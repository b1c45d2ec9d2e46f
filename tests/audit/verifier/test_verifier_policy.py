"""The auditor's policy file, rule by rule of C2SP tlog-policy."""

from itertools import chain, combinations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import Signer
from ledger.audit.verifier.notes import Checkpoint, Key, Signed, read_key
from ledger.audit.verifier.policy import Policy, PolicyError, read_policy
from tests.audit.witnesses import Witness

LOG = str(Signer("log.test", Ed25519PrivateKey.from_private_bytes(b"L" * 32)).verifier)
NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
WITNESSES = {
    name: Witness(f"{name}.test", Ed25519PrivateKey.from_private_bytes(name[:2].encode() * 16))
    for name in NAMES
}
LINES = [f"witness {name} {each.vkey}" for name, each in WITNESSES.items()]
#: The example of the specification.
EXAMPLE = [
    f"log {LOG}",
    "",
    *LINES[:3],
    "group X-witnesses 2 X1 X2 X3",
    "# and the others",
    *LINES[3:],
    "group Y-witnesses any Y1 Y2 Y3",
    "\tgroup  X-and-Y\tall X-witnesses Y-witnesses ",
    "quorum X-and-Y",
]


def read(*lines: str) -> Policy:
    return read_policy("".join(f"{line}\n" for line in lines).encode())


def checkpoint(*keys: Key, at: int | None = 1) -> Checkpoint:
    signed = tuple(Signed(key, None if key.kind == 1 else at) for key in keys)
    return Checkpoint("log.test", 7, bytes(32), signed)


def test_the_quorum_of_the_example_is_two_of_one_group_and_one_of_the_other() -> None:
    policy = read(*EXAMPLE)
    choices = chain.from_iterable(combinations(NAMES, count) for count in range(7))
    for chosen in choices:
        keys = [policy.witnesses[name.encode()] for name in chosen]
        groups = [sum(name[0] == letter for name in chosen) for letter in "XY"]
        assert policy.is_met(checkpoint(*keys)) == (groups[0] >= 2 and groups[1] >= 1), chosen


@pytest.mark.parametrize(("quorum", "met"), [("X1", True), ("X2", False), ("none", True)])
def test_a_quorum_is_one_witness_or_none(quorum: str, met: bool) -> None:
    policy = read(*LINES[:2], f"quorum {quorum}")
    assert policy.is_met(checkpoint(policy.witnesses[b"X1"])) is met


@pytest.mark.parametrize(("threshold", "needed"), [("any", 1), ("1", 1), ("2", 2), ("all", 3)])
def test_a_threshold_says_how_many(threshold: str, needed: int) -> None:
    policy = read(*LINES[:3], f"group g {threshold} X1 X2 X3", "quorum g")
    keys = list(policy.witnesses.values())
    met = [policy.is_met(checkpoint(*keys[:count])) for count in range(4)]
    assert met == [count >= needed for count in range(4)]


def test_addresses_comments_and_names_in_other_letters_are_allowed() -> None:
    policy = read(
        f"log {LOG} https://log.test/",
        f"witness 共签人 {WITNESSES['X1'].vkey} https://x1.test/",
        "  # \xff",
        "quorum 共签人",
    )
    assert [each.name for each in policy.logs] == ["log.test"]
    assert policy.quorum == "共签人".encode()


def test_the_last_line_need_not_end() -> None:
    assert read_policy(b"quorum none").quorum == b"none"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [LINES[0]],
        ["quorum none", "quorum none"],
        ["quorum"],
        ["quorum none none"],
        ["quorum X1"],
        ["quorum X1", LINES[0]],
        [LINES[0], LINES[0], "quorum none"],
        [LINES[0], LINES[1].replace("X2 ", "X1 "), "quorum none"],
        [LINES[0], LINES[0].replace("X1 ", "Z "), "quorum none"],
        [LINES[0].replace("X1 ", "none "), "quorum none"],
        ["witness X1", "quorum none"],
        [f"{LINES[0]} https://x.test/ more", "quorum none"],
        [f"witness X1 {LOG}", "quorum none"],
        [f"log {WITNESSES['X1'].vkey}", "quorum none"],
        [f"log {LOG}", f"log {LOG}", "quorum none"],
        ["log", "quorum none"],
        [f"log {LOG} https://log.test/ more", "quorum none"],
        ["log nonsense", "quorum none"],
        ["group g any", "quorum none"],
        ["group", "quorum none"],
        ["group g", "quorum none"],
        ["group g any X1", LINES[0], "quorum g"],
        ["group g any g", "quorum g"],
        [LINES[0], "group g any X1 X1", "quorum g"],
        [LINES[0], "group g any X1", "group h any X1", "quorum h"],
        [LINES[0], "group g 2 X1", "quorum g"],
        [LINES[0], "group g 0 X1", "quorum g"],
        [LINES[0], "group g +1 X1", "quorum g"],
        [LINES[0], "group g 01 X1", "quorum g"],
        [LINES[0], "group g ALL X1", "quorum g"],
        [LINES[0], "group g any none", "quorum g"],
        [LINES[0], "group X1 any X1", "quorum X1"],
        [LINES[0], "group none any X1", "quorum none"],
        ["Quorum none"],
        ["trust everyone", "quorum none"],
        ["quorum none\r"],
        ["quorum none\x00"],
        ["# \x7f", "quorum none"],
        ["quorum\u00a0none"],
    ],
)
def test_what_is_no_policy_is_refused(lines: list[str]) -> None:
    with pytest.raises(PolicyError):
        read(*lines)


def test_the_refusal_names_the_line() -> None:
    with pytest.raises(PolicyError, match="line 2"):
        read(LINES[0], "quorum X9")


def test_a_log_signs_under_its_own_name_and_type() -> None:
    policy = read(f"log {LOG}", *LINES[:1], "quorum none")
    log, witness = policy.logs[0], policy.witnesses[b"X1"]
    assert policy.log_of(checkpoint(log, witness)) == log
    assert policy.log_of(checkpoint(witness)) is None
    assert policy.log_of(checkpoint(Key(log.name, 4, log.key))) is None
    assert policy.log_of(checkpoint(log)._replace(origin="other.test")) is None


def test_a_log_s_own_time_makes_no_quorum() -> None:
    policy = read(f"log {LOG}", *LINES[:1], "quorum X1")
    log = policy.logs[0]
    timed = checkpoint(log, Key(log.name, 4, log.key), at=77)
    assert (policy.logged_at(timed), policy.witnessed_at(timed)) == (77, None)
    assert not policy.is_met(timed)


def test_the_time_is_that_at_which_the_quorum_was_reached() -> None:
    policy = read(*LINES[:3], "group g 2 X1 X2 X3", "quorum g")
    keys = [policy.witnesses[name.encode()] for name in NAMES[:3]]
    signed = tuple(Signed(key, at) for key, at in zip(keys, (30, 10, 20), strict=True))
    assert policy.witnessed_at(Checkpoint("log.test", 7, b"", signed)) == 20
    assert policy.witnessed_at(Checkpoint("log.test", 7, b"", signed[:1])) is None


def test_thirty_two_of_each_are_enough_for_anyone() -> None:
    makers = [Witness(f"w{number}.test") for number in range(32)]
    lines = [f"witness w{number} {each.vkey}" for number, each in enumerate(makers)]
    lines += [f"group g{number} any w{number}" for number in range(31)]
    lines += ["group g all " + " ".join(f"g{number}" for number in range(31)), "quorum g"]
    policy = read(*lines)
    keys = [read_key(each.vkey) for each in makers]
    assert policy.is_met(checkpoint(*keys))
    assert not policy.is_met(checkpoint(*keys[1:]))
