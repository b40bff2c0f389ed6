"""The five criteria: the card against the criteria written a second time, at every limit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from credence import Moment
from credence.engines.person import evaluate
from credence.events.vocabulary import shipped
from credence.scorecards.load import load_scorecard
from tests.world import AS_OF, LATER

CARD = load_scorecard("frailty")
WEAK: dict[str, list[tuple[float, float]]] = {
    "man": [(24, 29), (28, 30), (999, 32)],
    "woman": [(23, 17), (26, 17.3), (29, 18), (999, 21)],
}
TALL = {"man": 173, "woman": 159}
IDLE = {"man": 383, "woman": 270}
Person = dict[str, object]


def near(*limits: float) -> st.SearchStrategy[float]:
    """Numbers at limits, just beside them, and a tenth away."""
    return st.sampled_from([x + d for x in limits for d in (-1, -0.1, -0.001, 0, 0.001, 0.1, 1)])


people = st.fixed_dictionaries(
    {
        "sex": st.sampled_from(["man", "woman"]),
        "height_cm": near(159, 173),
        "bmi": near(23, 24, 26, 28, 29),
        "weight_lost_lb": near(10),
        "weight_lost_percent": near(5),
        "cesd_effort": st.integers(0, 3),
        "cesd_get_going": st.integers(0, 3),
        "kcal_per_week": near(270, 383),
        "walk_seconds": near(6, 7),
        "grip_kg": near(17, 17.3, 18, 21, 29, 30, 32),
    }
)


def criteria(p: dict[str, float], sex: str) -> dict[str, int]:
    weak = next(grip for bmi, grip in WEAK[sex] if p["bmi"] <= bmi)
    return {
        "shrinking": int(p["weight_lost_lb"] > 10 or p["weight_lost_percent"] >= 5),
        "exhaustion": int(p["cesd_effort"] >= 2 or p["cesd_get_going"] >= 2),
        "low_activity": int(p["kcal_per_week"] < IDLE[sex]),
        "slowness": int(p["walk_seconds"] >= (6 if p["height_cm"] > TALL[sex] else 7)),
        "weakness": int(p["grip_kg"] <= weak),
    }


@given(people)
@settings(max_examples=400)
def test_the_card_gives_the_criteria_a_point_each(person: Person) -> None:
    row = evaluate(CARD, shipped(), [], Moment(AS_OF, LATER), person)
    measured = {name: float(str(value)) for name, value in person.items() if name != "sex"}
    expected = criteria(measured, str(person["sex"]))
    assert {line.characteristic: line.points for line in row.lines if line.points} == {
        name: 1 for name, point in expected.items() if point
    }
    assert row.score == sum(expected.values())
    assert row.band == ("robust", "pre-frail", "pre-frail", "frail", "frail", "frail")[row.score or 0]


@given(
    people,
    st.sampled_from(["bmi", "cesd_effort", "grip_kg", "height_cm", "kcal_per_week", "sex", "walk_seconds"]),
)
@settings(max_examples=50)
def test_whatever_was_not_measured_there_is_no_score(person: Person, lacking: str) -> None:
    person = {name: value for name, value in person.items() if name != lacking}
    row = evaluate(CARD, shipped(), [], Moment(AS_OF, LATER), person)
    assert (row.score, row.band, row.unscorable) == (None, None, "not_measured")
