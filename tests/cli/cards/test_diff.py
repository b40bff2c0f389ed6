import json
from pathlib import Path

import pytest

from tests.cli.commands import AS_OF, Credence, refused
from tests.scorecards.cards import lab, of, write

RISK = of("{column: risk}", "[{below: 50, points: 5}, {points: 20}]", "missing: {points: 1}")
HIGHER = RISK.replace("points: 5}", "points: 9}").replace("points: 1}", "unscorable: N}")
BANDS = "bands: [{below: 9, name: low}, {name: high}]\nreasons: {N: Nothing}"


@pytest.fixture
def cards(tmp_path: Path) -> tuple[Path, Path]:
    """Two versions of a scorecard over a table of people."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    old = write(tmp_path / "old", lab(RISK, BANDS))
    new = write(tmp_path / "new", lab(HIGHER, BANDS).replace("version: 1", "version: 2"))
    return old, new


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table of three people and their groups."""
    path = tmp_path / "people.csv"
    path.write_text("person_id,risk,group\nana,10,a\nben,60,b\nlin,,b\n", encoding="utf-8")
    return path


def test_what_changed_is_told_in_words(credence: Credence, cards: tuple[Path, Path]) -> None:
    ran = credence("scorecards", "diff", *cards)
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            "small@1 -> small@2: 4 changes.",
            "- The version: 1 -> 2.",
            "- one, 'below 50': points 5 -> 9.",
            "- one, 'missing': points 1 -> nothing.",
            "- one, 'missing': no score nothing -> N.",
        ],
    )
    facts = credence("scorecards", "diff", *cards, "--json").facts
    assert facts["changes"][0] == {"place": "version", "sentence": "The version: 1 -> 2."}
    assert set(facts) == {"changes"}


def test_nothing_changed_is_told_too(credence: Credence) -> None:
    assert (
        credence("scorecards", "diff", "everyday", "everyday").out == "everyday@1 -> everyday@1: 0 changes.\n"
    )


def test_who_moves_is_told_of_a_table(credence: Credence, cards: tuple[Path, Path], people: Path) -> None:
    ran = credence("scorecards", "diff", *cards, "--people", people, *AS_OF, "--groups", people)
    assert ran.out.partition("\n\n")[2].splitlines() == [
        "3 people, 2 with both scores, on average +2.0 points:",
        "  1 rise, 0 fall, 1 stay; 0 gain a score, 1 lose it",
        "  least +0, 5% +0, 25% +0, 50% +0, 75% +4, 95% +4, greatest +4",
        "  0         1",
        "  +1 to +9  1",
        "",
        "Over the limits of bands:",
        "  low -> no score  1",
        "  low -> high      1",
        "",
        "With and without a score, and why:",
        "  score -> N  1",
        "",
        "By group:",
        "  a  1 people, on average +4.0, 1 rise, 0 fall, 0 gain a score, 0 lose it",
        "  b  2 people, on average +0.0, 0 rise, 0 fall, 0 gain a score, 1 lose it",
        "",
        "Through what:",
        "  one  +4 points for 1 people",
        "",
        "Who moves most:",
        "  ana  5 -> 9 (+4), most through one (+4)",
    ]


def test_programs_are_told_the_same(credence: Credence, cards: tuple[Path, Path], people: Path) -> None:
    ran = credence("scorecards", "diff", *cards, "--people", people, *AS_OF, "--groups", people, "--json")
    facts = ran.facts
    moves = {"people": 3, "scored": 2, "up": 1, "down": 0, "points": 4, "gained": 0, "lost": 1, "mean": 2.0}
    assert facts["moves"] == moves
    assert facts["bands"][0] == {"old": "low", "new": "no score", "people": 1}
    assert facts["unscorable"] == [{"old": "score", "new": "N", "people": 1}]
    assert facts["characteristics"] == [{"name": "one", "people": 1, "points": 4}]
    mover = {"person_id": "ana", "old": 5, "new": 9, "through": "one", "points": 4}
    assert facts["movers"][0] == mover | {"was": "below 50", "became": "below 50"}
    assert facts["groups"]["a"]["mean"] == 4.0
    assert facts["quantiles"]["greatest"] == 4
    assert facts["steps"]["+1 to +9"] == 1


def test_files_of_scores_are_compared_as_they_are(
    credence: Credence, cards: tuple[Path, Path], people: Path
) -> None:
    for card, name in zip(cards, ("a.parquet", "b.parquet"), strict=True):
        credence("score", card, "--people", people, *AS_OF, "--out", name)
    ran = credence("scorecards", "diff", *cards, "--scores", "a.parquet", "b.parquet")
    assert "3 people, 2 with both scores, on average +2.0 points:" in ran.out
    assert "were not scored with this" in refused(
        credence("scorecards", "diff", *cards, "--scores", "b.parquet", "a.parquet")
    )


def test_the_people_of_a_log_are_scored_with_both(credence: Credence, town: Path, tmp_path: Path) -> None:
    text = credence("scorecards", "definition", "everyday").out.replace(
        "points_base: 350", "points_base: 360"
    )
    new = write(tmp_path, text.replace("range: [350, 950]", "range: [350, 960]"))
    ran = credence("scorecards", "diff", "everyday", new, "--log", town / "log", *AS_OF)
    assert "63 people, 57 with both scores, on average +10.0 points:" in ran.out
    assert "most through what everyone starts with (+10)" in ran.out
    assert "points_base  +570 points for 57 people" in ran.out


def test_a_log_nobody_is_in_has_nobody_who_moves(
    credence: Credence, cards: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "none.csv").write_text("person_id,risk\n", encoding="utf-8")
    ran = credence("scorecards", "diff", *cards, "--people", "none.csv", *AS_OF)
    assert ran.out.endswith(
        "\n0 people, 0 with both scores:\n  0 rise, 0 fall, 0 stay; 0 gain a score, 0 lose it\n"
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--people", "people.csv"), "People are given in one way"),
        (AS_OF, "People are given in one way"),
        (("--scores", "a", "b", *AS_OF), "People are given in one way"),
        (("--groups", "people.csv"), "--groups tells people apart, and there are none"),
        (("--people", "none.csv", *AS_OF), "There is no file at none.csv."),
    ],
)
def test_a_request_that_is_not_complete_is_refused(
    credence: Credence, cards: tuple[Path, Path], people: Path, options: tuple[str, ...], says: str
) -> None:
    assert refused(credence("scorecards", "diff", *cards, *options)).startswith(says)


def test_a_scorecard_over_a_table_is_not_compared_on_a_log_alone(
    credence: Credence, cards: tuple[Path, Path], town: Path
) -> None:
    said = refused(credence("scorecards", "diff", *cards, "--log", town / "log", *AS_OF))
    assert "looks at columns of a table (risk): give it with --people TABLE." in said


def test_kinds_of_ones_own_may_be_named(credence: Credence, tmp_path: Path) -> None:
    kinds = "version: 1\nkinds:\n  tool.returned: {title: Back, context: payments, speaks: for}\n"
    (tmp_path / "kinds.yaml").write_text(kinds, encoding="utf-8")
    one = of("{count: {kind: tool.returned}}", "[{below: 1, points: 0}, {points: 9}]")
    card = write(tmp_path, lab(one))
    ran = credence("scorecards", "diff", card, card, "--vocabulary", "kinds.yaml", "--json")
    assert json.loads(ran.out) == {"changes": []}
