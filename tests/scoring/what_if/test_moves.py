"""The moves that people can make: read from a file, and never what nobody should be told to do."""

from pathlib import Path

import pytest

from credence.errors import DefinitionError
from credence.events.vocabulary import shipped
from credence.scorecards.live import barred_kinds
from credence.scoring.what_if.moves import load_moves


def faults(folder: Path, text: str) -> list[str]:
    path = folder / "moves.yaml"
    path.write_text(f"version: 1\n{text}", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_moves(shipped(), path)
    return [str(fault).partition(", ")[2] for fault in caught.value.faults]


def move(kind: str, more: str = "") -> str:
    return f"moves:\n  m: {{title: T, effort: 1, kind: {kind}{more}}}\n"


def test_no_move_that_comes_along_speaks_against_anybody_or_is_barred() -> None:
    words = shipped()
    kinds = [words.kinds[move.kind] for move in load_moves(words)]
    assert kinds
    assert {kind.speaks for kind in kinds} <= {"for", "neither"}
    assert not {kind.name for kind in kinds} & {*barred_kinds(words), "account.closed", "loan.applied"}
    assert all(kind.mark is None for kind in kinds)


@pytest.mark.parametrize(
    "kind",
    [kind for kind in shipped().kinds.values() if kind.speaks == "against"],
    ids=lambda kind: kind.name,
)
def test_a_kind_that_speaks_against_a_person_is_never_a_move(tmp_path: Path, kind: object) -> None:
    name = getattr(kind, "name", "")
    assert faults(tmp_path, move(name)) == [
        f"moves.m.kind: '{name}' speaks against a person, so it is never a move."
    ]


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("mark.retracts", "'mark.retracts' is a mark: true events are never hidden or taken back by a plan."),
        ("contact.added", "'contact.added' is of the context 'social', which no live scorecard looks at."),
        (
            "conduct.commended",
            "'conduct.commended' is of the context 'conduct', which no live scorecard looks at.",
        ),
        ("account.closed", "'account.closed' is never a move: Closing an honest account is no advice."),
        ("payment.received", "'payment.received' is never a move: It is another person's act."),
        ("bill.payed", "'bill.payed' is not a kind of event. Did you mean 'bill.paid'?"),
    ],
)
def test_what_nobody_is_told_to_do_is_refused_in_a_file_of_ones_own_too(
    tmp_path: Path, kind: str, sentence: str
) -> None:
    assert faults(tmp_path, move(kind)) == [f"moves.m.kind: {sentence}"]


def test_of_a_kind_that_is_not_there_nothing_else_is_said(tmp_path: Path) -> None:
    text = move("bill.payed", ", fields: {days: 1, days_late: 0}, as_before: colour")
    assert faults(tmp_path, text) == [
        "moves.m.kind: 'bill.payed' is not a kind of event. Did you mean 'bill.paid'?"
    ]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [("version: 2", "must be at most 1, not 2"), ("never: {}", "'version' is missing")],
)
def test_a_file_of_a_later_form_or_of_none_is_refused(tmp_path: Path, version: str, sentence: str) -> None:
    path = tmp_path / "moves.yaml"
    path.write_text(f"{version}\nmoves: {{}}\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match=sentence):
        load_moves(shipped(), path)


def test_a_file_of_ones_own_can_forbid_more(tmp_path: Path) -> None:
    text = f"never: {{bill.paid: We do not}}\n{move('bill.paid')}"
    assert faults(tmp_path, text) == ["moves.m.kind: 'bill.paid' is never a move: We do not."]


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    more = (
        ", needs: [bill.lost], fields: {colour: red, service: 7}, as_before: [level], chosen: rating, "
        "aim: {field: service, of: due}, when: {colour: red}, each: acount, a_month: 29, most: 0"
    )
    told = faults(tmp_path, move("bill.paid", more))
    assert [sentence.partition(":")[0] for sentence in told] == [
        "moves.m.a_month", "moves.m.aim.field", "moves.m.aim.of", "moves.m.as_before", "moves.m.chosen",
        "moves.m.each", "moves.m.fields.colour", "moves.m.fields.service", "moves.m.most", "moves.m.needs",
        "moves.m.when.colour",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["moves: {m: {}}", "moves: {m: 5}", "moves: 5", "never: 5\nmoves: {}", "moves: {m: {when: {a: b}}}"],
)
def test_a_file_that_is_none_is_told_as_such(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_a_move_reads_as_it_is_written(tmp_path: Path) -> None:
    more = ", fields: {days_late: 0, service: gas}, every: 3, needs: bill.due"
    path = tmp_path / "moves.yaml"
    path.write_text(f"version: 1\n{move('bill.paid', more)}", encoding="utf-8")
    (read,) = load_moves(shipped(), path)
    assert (read.kind, read.effort, read.a_month, read.every, read.most) == ("bill.paid", 1, 1, 3, None)
    assert (read.fields, read.needs) == ({"days_late": 0, "service": "gas"}, ("bill.due",))
