from credence.training.validation import validate
from credence.training.written.card import card
from credence.training.written.definition import asked
from tests.training.tables import fitted


def test_the_card_says_data_figures_questions_and_limits() -> None:
    found = fitted()
    text = card("Mine", [("table", "a|b.csv")], validate(found, 12), asked(found, found.points))
    assert text.startswith("# Mine\n")
    for title in ("Data", "Figures", "Questions", "Limits"):
        assert f"\n## {title}\n" in text
    assert "| table | a/b.csv |" in text
    assert "| rows that repeat another | 12 |" in text
    assert "| `age` | `age` | rising |" in text
    assert text.endswith("was not looked at.\n")
