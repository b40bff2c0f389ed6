from credence.training.fairness.picture import picture
from tests.training.fairness.grouped import family_of


def test_every_scorecard_is_a_spot_and_the_one_that_is_written_another() -> None:
    family = family_of()
    found = picture(family, "sex")
    assert found.title == "sex: AUC against the least adverse impact ratio"
    assert found.svg.count("<circle") == 20 + 1
    first, last = family[0], family[-1]
    assert found.says == (
        f"From the plain scorecard (AUC {first.auc.value:.4f}, least ratio {first.least('sex'):.3f}) to the "
        f"one that draws groups together most (AUC {last.auc.value:.4f}, least ratio "
        f"{last.least('sex'):.3f})."
    )


def test_the_one_that_was_chosen_is_marked_where_it_stands() -> None:
    plain, chosen = (picture(family_of(strength=strength), "sex").svg for strength in (None, 0.3))
    assert chosen.count("<circle") == 21 + 1
    assert plain != chosen
