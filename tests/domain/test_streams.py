"""Streams: one per official number, with an id that anyone can derive."""

from uuid import uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.streams import (
    NAMESPACE,
    TITLES,
    Kind,
    derived_id,
    split_stream_name,
    stream_id,
    stream_name,
)

#: For ever: ids in stored events depend on them.
IDS = {
    "organ:JW01": "3798ca5d-e534-513d-9463-df09d0c9f3ec",
    "lead:XS2021-001": "7b1878ce-b3df-513b-9959-9bed360a84fc",
    "person:王小明": "d5e5dd01-ba7b-5e02-b44c-61e1fa812d76",
}


@settings(deadline=None, max_examples=100)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_derived_id_is_the_uuid_version_5_of_rfc_9562(name: str) -> None:
    assert derived_id(name) == str(uuid5(NAMESPACE, name))


def test_ids_never_change() -> None:
    assert {name: stream_id(name) for name in IDS} == IDS


@pytest.mark.parametrize("kind", list(Kind))
def test_a_stream_name_gives_back_its_kind_and_number(kind: Kind) -> None:
    assert split_stream_name(stream_name(kind, "甲:1")) == (kind, "甲:1")


def test_one_number_names_another_stream_in_each_kind() -> None:
    assert len({stream_id(stream_name(kind, "1")) for kind in Kind}) == len(Kind)


def test_a_name_of_no_kind_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="weather"):
        split_stream_name("weather:1")


def test_every_kind_has_an_official_title() -> None:
    assert set(TITLES) == set(Kind)
    assert len(set(TITLES.values())) == len(TITLES)
