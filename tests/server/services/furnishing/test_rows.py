"""Whatever is sent is read as one row or fault for each row, and the rest of it is not lost."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from credence.errors import InvalidRequestError
from credence.server.services.furnishing.rows import Fault, Form, Row, read

VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8"))
ROWS = st.fixed_dictionaries(
    {"event_id": st.text(st.characters(codec="utf-8")), "person": st.text("abc")},
    optional={"evidence": st.text("xyz "), "fields": st.dictionaries(st.text("ab", max_size=3), VALUES)},
)
BROKEN = st.sampled_from(['{"event_id": 1}', "[]", "7", '{"other": "x"}', '{"fields": {"a": {}}}'])


def body(lines: list[str], form: Form) -> bytes:
    return ("\n".join(lines) if form == "lines" else f"[{','.join(lines)}]").encode()


@pytest.mark.parametrize("form", ["json", "lines"])
@given(sent=st.lists(ROWS.map(json.dumps) | BROKEN, min_size=1, max_size=8))
def test_each_row_is_read_as_if_it_came_alone(form: Form, sent: list[str]) -> None:
    together = read(body(sent, form), form)
    assert together == [read(one.encode(), "lines")[0] for one in sent]
    broken = [isinstance(row, Fault) for row in together]
    assert broken == [not one.startswith("{") or "event_id" not in json.loads(one) or
                      json.loads(one)["event_id"] == 1 for one in sent]  # fmt: skip


@given(st.binary(max_size=60), st.sampled_from(["json", "lines"]))
def test_no_bytes_at_all_break_the_reader(sent: bytes, form: Form) -> None:
    try:
        rows = read(sent, form)
    except InvalidRequestError:
        return
    assert all(isinstance(row, Row | Fault) for row in rows)


def test_a_torn_line_is_one_fault() -> None:
    good = msgspec.json.encode(Row(event_id="a")).decode()
    rows = read(body([good, '{"event_id": "b', good], "lines"), "lines")
    assert [type(row) for row in rows] == [Row, Fault, Row]
    assert read(b'{"event_id": "\xff"}\n' + good.encode(), "lines")[0] == Fault(
        "", "This is not a JSON object."
    )


def test_a_fault_names_the_field_and_what_came_for_it() -> None:
    assert read(b'{"event_id": 7}', "json") == [Fault("event_id", "Expected 'str | null', got 'int'.")]
    assert [row.field for row in read(b'[{"fields": {"a": []}}]', "json") if isinstance(row, Fault)] == [
        "fields"
    ]
