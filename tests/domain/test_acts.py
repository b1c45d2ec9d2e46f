"""The catalogue of acts: the same words everywhere, and nothing left out."""

import re
from pathlib import Path

import pytest

from domain import concepts
from domain.acts import ACTS
from domain.concept import Act
from domain.concepts import CONCEPTS
from domain.fields import field_index
from domain.streams import Kind
from tests.domain.harness import facts_of


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_a_command_and_its_decision_share_their_words(act: Act) -> None:
    assert act.name == snake(act.command.__name__)


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_an_act_has_its_official_name(act: Act) -> None:
    assert re.search("[一-鿿]", act.title)
    assert not act.title.endswith("。")


@pytest.mark.parametrize("act", ACTS.values(), ids=lambda act: act.name)
def test_an_act_is_about_a_stream_that_its_command_names(act: Act) -> None:
    assert act.key in field_index(act.command).names


def test_no_two_acts_share_a_name() -> None:
    assert len({act.name for act in ACTS.values()}) == len(ACTS)


def test_every_fold_takes_its_own_facts_and_no_other() -> None:
    taken = [fact for kind in Kind for fact in facts_of(kind)]
    assert len(taken) == len(set(taken))


@pytest.mark.parametrize("kind", [kind for kind in Kind if CONCEPTS[kind].corrected])
def test_the_fold_of_what_can_be_corrected_takes_its_correction(kind: Kind) -> None:
    assert CONCEPTS[kind].corrected in set(facts_of(kind))


def test_the_catalogue_of_every_package_is_collected_once() -> None:
    folder = Path(concepts.__file__).parent
    packages = {file.parent.name for file in folder.glob("*/catalogue.py")}
    collected = [module.__name__.split(".")[1] for module in concepts.CATALOGUES]
    assert sorted(collected) == sorted(packages)
