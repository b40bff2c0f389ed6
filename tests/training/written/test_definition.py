from dataclasses import replace
from fractions import Fraction

from credence.events.vocabulary import shipped
from credence.scorecards.scale import Scale
from credence.training.bins import Bins
from credence.training.points import Line, Points
from credence.training.questions import load_questions
from credence.training.written.definition import Asked, asked, definition, snake
from credence.training.written.origin import Origin
from tests.training.tables import fitted

LATE = Bins("DaysLate", limits=(Fraction(1), Fraction(30)), values=(Fraction(-9), Fraction(-8)), missing=True)
RISE = (Line((0,), 0, 10), Line((1, 2), 9, 20), Line((3, 4), 5, 5), Line((5,), 12, 5))
KIND = Bins("kind", text=True, values=("a", "b", "c"), rest=True)


def written(*questions: Asked, origin: Origin | None = None) -> dict[str, object]:
    points = Points(400, tuple(each.lines for each in questions), Scale(600, 50, 20))
    return definition("small", "A small one", points, list(questions), origin)


def test_special_numbers_go_first_and_the_last_bin_takes_what_is_left() -> None:
    made = written(Asked("days_late", LATE, RISE, "rising"))
    assert made["characteristics"] == {
        "days_late": {
            "question": "What is the days late?",
            "monotone": "rising",
            "measure": {"column": "DaysLate"},
            "attributes": [
                {"in": [-9, -8], "points": 5, "reason": "days_late_kind_1"},
                {"below": 1, "points": 0, "reason": "days_late_low"},
                {"points": 9, "reason": "days_late_number"},
            ],
            "missing": {"points": 12},
        }
    }
    assert made["range"] == [400, 412]
    assert made["reasons"] == {
        "days_late_kind_1": "Days late is -9 or -8",
        "days_late_low": "Days late is low",
        "days_late_number": "Days late is a number, and another kind of answer gives more points",
    }
    assert made["baseline"] == {
        "method": "mean",
        "points": {"days_late": Fraction(665, 100) - Fraction(3, 100)},
    }


def test_answers_on_either_side_of_the_best_have_reasons_of_their_own() -> None:
    lines = (Line((0,), 3, 10), Line((1,), 9, 20), Line((2,), 0, 5))
    made = written(Asked("x", Bins("x", limits=(Fraction(1), Fraction(30))), lines, "either"))
    characteristic = made["characteristics"]["x"]  # type: ignore[index]
    assert characteristic["attributes"] == [
        {"below": 1, "points": 3, "reason": "x_low"},
        {"below": 30, "points": 9},
        {"points": 0, "reason": "x_high"},
    ]
    assert characteristic["missing"] == {"unscorable": "x_unknown"}
    assert "monotone" not in characteristic


def test_of_texts_the_line_of_the_rare_ones_takes_what_is_left() -> None:
    lines = (Line((0,), 3, 10), Line((1, 3), 0, 5), Line((2,), 9, 50))
    made = written(Asked("kind", KIND, lines, "either"))
    assert made["characteristics"]["kind"]["attributes"] == [  # type: ignore[index]
        {"equals": "a", "points": 3, "reason": "kind_kind_1"},
        {"equals": "c", "points": 9},
        {"points": 0, "reason": "kind_kind_3"},
    ]
    assert made["reasons"]["kind_kind_3"] == "Kind is 'b' or another one"  # type: ignore[index]


def test_of_texts_that_are_all_usual_the_most_usual_line_takes_what_is_left() -> None:
    lines = (Line((0,), 3, 10), Line((1,), 0, 5))
    made = written(Asked("kind", Bins("kind", text=True, values=("a", "b")), lines, "either"))
    attributes = made["characteristics"]["kind"]["attributes"]  # type: ignore[index]
    assert attributes == [{"equals": "b", "points": 0, "reason": "kind_kind_1"}, {"points": 3}]


def test_a_reason_names_the_first_five_of_many_categories() -> None:
    bins = Bins("kind", text=True, values=tuple("abcdefgh"))
    made = written(Asked("kind", bins, (Line(tuple(range(7)), 0, 9), Line((7,), 1, 10)), "either"))
    assert made["reasons"]["kind_kind_1"] == "Kind is 'a' or 'b' or 'c' or 'd' or 'e' or one of 2 more"  # type: ignore[index]


def test_names_are_lower_snake_and_unlike_those_that_results_have() -> None:
    names = ["NumberOfTime30-59DaysPastDue", "MSinceOldest", "score", "x", "X", "7th", "年", "HTTPCode"]
    taken = {"score"}
    found = []
    for name in names:
        found.append(snake(name, taken))
        taken.add(found[-1])
    assert found == [
        "number_of_time_30_59_days_past_due", "m_since_oldest", "score_2", "x", "x_2", "column_7_th",
        "column", "http_code",
    ]  # fmt: skip


def test_every_line_below_the_best_has_a_reason_with_a_sentence() -> None:
    found = fitted()
    made = definition("x", "X", found.points, asked(found, found.points))
    for characteristic in made["characteristics"].values():  # type: ignore[attr-defined]
        rows = [*characteristic["attributes"], characteristic["missing"]]
        best = max(row.get("points", 0) for row in rows)
        for row in rows:
            code = row.get("reason") or row.get("unscorable")
            assert (code in made["reasons"]) == (row.get("points") != best)  # type: ignore[operator]


def test_categories_and_advice_are_those_of_the_scorecard_that_is_asked() -> None:
    everyday = load_questions("everyday", shipped())
    missed, oldest = map(everyday.characteristic, ("payments_missed", "length_of_history"))
    sources = (missed, oldest, replace(everyday.characteristic("identity_verified"), category=None))
    bins, lines = Bins("x", limits=(Fraction(1),)), (Line((0,), 0, 5), Line((1,), 9, 90))
    questions = [Asked(source.name, bins, lines, "either", source) for source in sources]
    made = written(*questions, origin=Origin(everyday, shipped()))
    found = made["characteristics"]
    assert isinstance(found, dict)
    assert [each.get("category") for each in found.values()] == ["credit_history", "credit_history", None]
    assert [each.get("advice") for each in found.values()] == [None, False, None]
    kept = everyday.categories["credit_history"]
    assert made["categories"] == {"credit_history": {"title": kept.title, "meaning": kept.meaning}}
    assert "categories" not in written(questions[2], origin=Origin(everyday, shipped()))
