"""An identifier is in its one normal form, or refused without being repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import InvalidRequestError
from credence.server.services.people.kinds import DOCUMENTS, KIND_TITLES, KINDS, identifier
from tests.server.people import number


def wide(text: str) -> str:
    """In signs of full width, as a Chinese keyboard writes them."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def test_the_same_written_otherwise_is_the_same() -> None:
    for kind, one, other in (
        ("phone", "+86 138 0013 8000", "+86-(138)-0013.8000"),
        ("email", "Ana@Example.org", " ana@example.ORG "),
        ("cn.ric", "11010519491231002x", "11010519491231002X"),
        ("br.cpf", "390.533.447-05", "39053344705"),
        ("us.ssn", "536-90-4399", "536904399"),
        ("in.aadhaar", "2341 2341 2346", "234123412346"),
        ("phone", "+86 13800138000", wide("+8613800138000")),
        ("email", "a\u0301na@example.org", wide("\u00e1na@example.org")),
        ("cn.ric", wide("11010519491231002X"), "11010519491231002X"),
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
        ("email", "a" * 65 + "@example.org"),
        ("email", ".ana@example.org"),
        ("email", "an..a@example.org"),
        ("email", "ana@example..org"),
        ("email", "ana@-example.org"),
        ("email", "ana@[127.0.0.1]"),
        ("email", "(ana)@example.org"),
        ("email", "“ana”@example.org"),
        ("email", "\u202eana@example.org"),
        ("email", "ana@example.org\u200b"),
        ("email", "\ud800@example.org"),
        ("phone", "+1 202 555 0143 ext 4"),
        ("phone", "+86 138001380\u200b00"),
        ("cn.ric", "11010519491331002X"),
        ("cn.ric", "99010519491231002X"),
        ("cn.ric", "11010519491231002\u03a7"),
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


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60) | st.from_regex(r"[0-9a-zA-Z+@. -]{1,24}"))
def test_whatever_is_written_is_refused_or_has_one_form(kind: str, value: str) -> None:
    try:
        first = identifier(kind, value)
    except InvalidRequestError:
        return
    assert identifier(kind, first.value) == first
    assert first.value.isprintable()
    assert len(first.value) <= 254


@pytest.mark.parametrize("kind", sorted(DOCUMENTS))
def test_every_kind_of_document_has_a_title_and_takes_no_nonsense(kind: str) -> None:
    assert KIND_TITLES[kind]
    assert KINDS[kind]("nonsense") is None
