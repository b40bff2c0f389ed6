"""An identifier is in its one normal form, or refused without being repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import InvalidRequestError
from credence.server.services.people.kinds import DOCUMENTS, KIND_TITLES, KINDS, identifier
from tests.server.people import number


def test_the_same_written_otherwise_is_the_same() -> None:
    for kind, one, other in (
        ("phone", "+86 138 0013 8000", "+86-(138)-0013.8000"),
        ("email", "Ana@Example.org", " ana@example.ORG "),
        ("cn.ric", "11010519491231002x", "11010519491231002X"),
        ("br.cpf", "390.533.447-05", "39053344705"),
        ("us.ssn", "536-90-4399", "536904399"),
        ("in.aadhaar", "2341 2341 2346", "234123412346"),
    ):
        assert identifier(kind, one) == identifier(kind, other)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "13900139000"),
        ("phone", "+0123456789"),
        ("phone", "+86138001380001234"),
        ("email", "ana"),
        ("email", "ana@"),
        ("email", "ana@example"),
        ("email", "ana@example.org\r\nBcc: ben@example.org"),
        ("email", "a,b@example.org"),
        ("email", "a@" + "b" * 260 + ".org"),
        ("cn.ric", "110105194912310021"),
        ("cn.ric", ""),
        ("passport", "X1234567"),
    ],
)
def test_what_is_none_is_refused_at_its_place(kind: str, value: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        identifier(kind, value, "/contact/value")
    assert list(caught.value.pointers) == ["/contact/value"]
    assert not value or value not in str(caught.value)


@given(st.integers(0, 16), st.integers(1, 9), st.integers(1, 999))
def test_one_wrong_digit_of_a_resident_number_is_always_found(place: int, by: int, which: int) -> None:
    right = number(which)
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    with pytest.raises(InvalidRequestError):
        identifier("cn.ric", wrong)


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_every_kind_of_document_has_a_title_and_takes_no_nonsense(kind: str) -> None:
    assert KIND_TITLES[kind]
    assert KINDS[kind]("nonsense") is None
