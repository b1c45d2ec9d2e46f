"""日志密钥: the log's key is changed by a fact that both keys sign, one change after the other."""

from typing import Any

import pytest

from domain.log_keys.decisions import change_log_key
from domain.log_keys.log_key import LogKey, LogKeyChanged, change_text, previous_number
from domain.streams import Kind
from tests.domain.harness import given, stated
from tests.domain.proof import proves
from tests.domain.samples import LOG, a_key_change

THIRD = f"{LOG}+00000000+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29d"
NEW = a_key_change().new_vkey


def the_next(**changes: Any) -> Any:
    said = {"number": f"{LOG}#2", "old_vkey": NEW, "new_vkey": THIRD}
    return a_key_change(**(said | changes))


def test_the_key_is_changed() -> None:
    act = a_key_change()
    office = given().when(act).then(stated(act, LogKeyChanged))
    assert office.look(Kind.LOG_KEY, act.number) == stated(act, LogKey)


def test_the_key_is_changed_again() -> None:
    given(a_key_change()).when(the_next()).then(stated(the_next(), LogKeyChanged))


@proves(change_log_key, 1)
def test_a_number_is_used_once() -> None:
    again = a_key_change(new_vkey=THIRD)
    given(a_key_change()).when(again).refused("already_registered", field="number")


@proves(change_log_key, 2)
@pytest.mark.parametrize("number", ["", "1", f"{LOG}#0", f"{LOG}#01", f"{LOG}#", "other#1"])
def test_a_number_that_is_not_the_logs_is_refused(number: str) -> None:
    given().when(a_key_change(number=number)).refused("impossible_value", field="number")


@proves(change_log_key, 3)
@pytest.mark.parametrize("field", ["old_vkey", "new_vkey"])
@pytest.mark.parametrize(
    "vkey",
    [
        "",
        NEW.replace(LOG, "other.example/log"),
        NEW[:-1],
        NEW.replace("+AYE", "+BIE"),
        NEW.upper(),
        f"{NEW}\n",
    ],
)
def test_what_is_no_key_of_the_log_is_refused(field: str, vkey: str) -> None:
    given().when(a_key_change(**{field: vkey})).refused("impossible_value", field=field)


@proves(change_log_key, 3)
def test_a_key_changed_for_itself_is_refused() -> None:
    act = a_key_change(new_vkey=a_key_change().old_vkey)
    given().when(act).refused("impossible_value", field="new_vkey")


@proves(change_log_key, 4)
def test_a_change_without_the_one_before_it_is_refused() -> None:
    given().when(the_next()).refused("missing_reference", field="number")


@proves(change_log_key, 4)
def test_a_change_from_a_key_no_longer_in_force_is_refused() -> None:
    act = the_next(old_vkey=a_key_change().old_vkey)
    given(a_key_change()).when(act).refused("impossible_value", field="old_vkey")


@proves(change_log_key, 5)
@pytest.mark.parametrize("field", ["old_signature", "new_signature"])
@pytest.mark.parametrize("signature", ["", "AAAA", "A" * 87 + "=", f"{'A' * 86}==\n"])
def test_what_is_no_signature_in_form_is_refused(field: str, signature: str) -> None:
    given().when(a_key_change(**{field: signature})).refused("impossible_value", field=field)


def test_what_is_signed_names_log_keys_and_number() -> None:
    text = change_text("log", "old", "new", "log#3")
    assert text == "supervision-ledger/log-key-change/v1\nlog\nold\nnew\nlog#3\n"


@pytest.mark.parametrize(
    ("number", "before"), [("a#1", None), ("a#2", "a#1"), ("a#b#10", "a#b#9"), ("a#x", None)]
)
def test_a_number_tells_the_one_before(number: str, before: str | None) -> None:
    assert previous_number(number) == before
