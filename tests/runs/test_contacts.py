"""No live scorecard rests on whom somebody knows, under any name of a context."""

from pathlib import Path

import pytest

from credence import load_scorecard
from credence.errors import ContactsBarredError, DefinitionError
from credence.runs.contacts import check_may_know_contacts
from credence.scorecards.load import find
from credence.scorecards.model import Scorecard

LOOKS = """  company:
    category: identity
    question: What did the people you know score?
    measure: {column: contacts_lowest, context: CONTEXT}
    attributes:
      - {below: 600, points: 0, reason: V1}
      - {points: 10}
    missing: {points: 10}
"""


def everyday_with(context: str, folder: Path) -> Scorecard:
    """The live scorecard `everyday`, with a question about contacts whose facts come from this context."""
    text = find("everyday").read_text(encoding="utf-8").replace("range: [350, 950]", "range: [350, 960]")
    file = folder / "scorecard.yaml"
    file.write_text(f"{text}\n{LOOKS.replace('CONTEXT', context)}", encoding="utf-8")
    return load_scorecard(file)


def test_lab_scorecards_may_look_at_contacts_and_live_ones_that_do_not_may_stand_beside_them() -> None:
    check_may_know_contacts([load_scorecard("connections"), load_scorecard("everyday")])


def test_a_live_scorecard_that_says_where_the_column_comes_from_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"context social is barred from live scorecards.*\(Rule: "):
        everyday_with("social", tmp_path)


def test_a_live_scorecard_that_says_otherwise_is_refused_by_name_with_the_rule(tmp_path: Path) -> None:
    card = everyday_with("identity", tmp_path)
    with pytest.raises(ContactsBarredError) as refused:
        check_may_know_contacts([load_scorecard("connections"), card])
    assert str(refused.value) == (
        "The live scorecard 'everyday@1' looks at 'contacts_lowest', which tells what others scored. "
        "Another person's score or list status may never move this person's score. "
        "(Rule: EU Consumer Credit Directive 2023/2225; design rule against contagion.) "
        "Take that characteristic out; with 'setting: lab' it may stay, for synthetic people alone."
    )
