"""Nobody is left out and nobody decided about twice: exactly, at every edge."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credence.decisions.load import load_policy
from credence.engines.found import Value
from credence.errors import DefinitionError
from tests.characteristics.reading import words
from tests.decisions.policies import AS_OF, decided, policy, text

ROW = "  - {{when: {0}, outcome: accept, reason: Because.}}\n"
REST = "otherwise: {outcome: decline, reason: The rest.}\nunknown: {outcome: refer, reason: Not known.}\n"


def faults(folder: Path, body: str, card: str = "small") -> list[str]:
    path = folder / "policy.yaml"
    path.write_text(text(body, card), encoding="utf-8")
    try:
        load_policy(path, words())
    except DefinitionError as error:
        return [fault.sentence for fault in error.faults]
    return []


def rows(*whens: str) -> str:
    return "rows:\n" + "".join(ROW.format(when) for when in whens)


@pytest.mark.parametrize(
    ("whens", "example"),
    [
        (("{score: {at_least: 50}}", "{score: {below: 49}}"), "score 49"),
        (("{score: {above: 50}}", "{score: {up_to: 48.5}}"), "score 50"),
        (("{score: {in: [0, 1]}}", "{score: {at_least: 3}}"), "score 2"),
        (("{band: [low, high]}",), "score 79"),
        (("{score: {below: 100}}",), "score 100"),
        (("{score: {above: 0}}",), "score 0"),
    ],
)
def test_a_hole_between_scores_is_told_with_a_score_in_it(
    tmp_path: Path, whens: tuple[str, ...], example: str
) -> None:
    unknown = "unknown: {outcome: refer, reason: Not known.}"
    told = faults(tmp_path, rows(*whens) + unknown)
    assert [sentence for sentence in told if f"what happens at {example}." in sentence] == told
    assert len(told) == 1


def test_a_text_that_nobody_names_is_a_hole_whatever_texts_are_named(tmp_path: Path) -> None:
    named = "{answers: {state: {in: ['something else', late]}}}"
    (sentence,) = [s for s in faults(tmp_path, rows(named) + REST.partition("\n")[2]) if "state" in s]
    assert "what happens at state something else" in sentence


def test_no_hole_is_seen_between_two_neighbouring_whole_numbers(tmp_path: Path) -> None:
    whole = "{{answers: {{unpaid: {{{}}}}}}}"
    assert faults(tmp_path, rows(whole.format("up_to: 2"), whole.format("at_least: 3"))) == []
    assert faults(tmp_path, rows(whole.format("in: [0]"), whole.format("above: 0"))) == []


def test_a_hole_is_seen_between_two_numbers_that_need_not_be_whole(tmp_path: Path) -> None:
    share = "{{answers: {{bills_on_time: {{{}}}}}}}"
    unknown = share.format("missing: true")
    told = faults(tmp_path, rows(share.format("up_to: 0.5"), share.format("at_least: 0.6"), unknown))
    assert told == [
        "Nobody is told what happens at bills_on_time 0.55. Add a row, or 'otherwise' for the rest."
    ]
    assert faults(tmp_path, rows(share.format("up_to: 0.5"), share.format("above: 0.5"), unknown)) == []


def test_a_text_that_no_row_names_is_told(tmp_path: Path) -> None:
    told = faults(
        tmp_path, rows("{answers: {state: {in: [paid, late]}}}", "{answers: {state: {missing: true}}}")
    )
    assert told == [
        "Nobody is told what happens at state something else. Add a row, or 'otherwise' for the rest."
    ]


def test_otherwise_takes_nobody_of_whom_something_is_not_known(tmp_path: Path) -> None:
    otherwise = "otherwise: {outcome: decline, reason: The rest.}"
    told = faults(tmp_path, rows("{score: {above: 50}}") + otherwise)
    (sentence,) = told
    assert sentence == (
        "Nobody is told what happens at no score (nothing). Add a row, or 'unknown' for everybody "
        "of whom something is not known; 'otherwise' does not take them."
    )


def test_a_scorecard_without_codes_leaves_nobody_without_a_score(tmp_path: Path) -> None:
    assert faults(tmp_path, rows("{score: {above: 5}}", "{score: {up_to: 5}}"), "plain") == []


def test_a_row_hidden_by_several_rows_together_is_never_reached(tmp_path: Path) -> None:
    body = rows("{score: {up_to: 40}}", "{score: {above: 40}}", "{score: {at_least: 20, up_to: 60}}")
    told = faults(tmp_path, f"hit: first\n{body}unknown: {{outcome: refer, reason: Not known.}}")
    assert told == [
        "Nobody reaches this row: the rows above it take everybody. Put it higher, or take it out."
    ]


def test_rows_of_different_times_do_not_overlap(tmp_path: Path) -> None:
    last, first = AS_OF - timedelta(days=1), AS_OF
    body = f"""
rows:
  - {{when: {{score: {{at_least: 75}}}}, valid_to: {last}, outcome: accept, reason: Then.}}
  - {{when: {{score: {{at_least: 70}}}}, valid_from: {first}, outcome: accept, reason: Now.}}
{REST}"""
    rules = policy(tmp_path, body)
    assert decided(rules, 72, last).outcome == "decline"
    assert decided(rules, 72, first).outcome == "accept"
    overlapping = faults(tmp_path, body.replace(f"valid_from: {first}", f"valid_from: {last}"))
    assert [sentence.split(" row 1")[0] for sentence in overlapping] == [f"At {last}, score 100,"]


def test_a_last_day_at_the_end_of_time_changes_nothing_after_it(tmp_path: Path) -> None:
    body = rows("{score: {above: 50}}").replace("outcome: accept", "valid_to: 9999-12-31, outcome: accept")
    assert policy(tmp_path, body + REST).rows[0].asks.valid_to is not None


def random_body(chance: Random) -> str:
    """Rows of random cells, in a table that says what happens to the rest."""

    def limits(*numbers: float) -> str:
        low, high = sorted(chance.sample(numbers, 2))
        below, above = chance.choice(["below", "up_to"]), chance.choice(["above", "at_least"])
        return chance.choice([f"{above}: {low}, {below}: {high}", f"{above}: {low}", f"{below}: {high}"])

    def cells() -> str:
        some = {
            "score": lambda: f"score: {{{limits(20, 50, 51, 80)}}}",
            "lists": lambda: f"lists: {{court: {chance.choice(['absent', 'present', '[absent, unknown]'])}}}",
            "answers": lambda: f"answers: {{bills_on_time: {{{limits(0, 0.5, 0.9, 1)}}}}}",
            "columns": lambda: f"columns: {{home: {{in: {chance.choice(['[own]', '[rent, own]'])}}}}}",
        }
        return ", ".join(some[name]() for name in chance.sample(sorted(some), chance.randint(1, 3)))

    described = "lists: {court: {title: court}}\ncolumns: {home: {title: home, type: text}}\n"
    hit = f"hit: {chance.choice(['first', 'first', 'unique'])}\n"
    return hit + described + rows(*(f"{{{cells()}}}" for _ in range(chance.randint(1, 4)))) + REST


def random_facts(chance: Random) -> tuple[int | None, dict[str, Value]]:
    said: dict[str, Value] = {
        "court": chance.choice(["absent", "present", "unknown"]),
        "bills_on_time": chance.choice([None, 0.0, 0.25, 0.5, 0.7, 0.9, 1.0]),
        "home": chance.choice([None, "own", "rent", "tent"]),
        "unscorable": chance.choice(["nothing", "no_state"]),
    }
    return chance.choice([None, 0, 19, 20, 21, 49, 50, 51, 52, 79, 80, 81, 100]), said


@settings(max_examples=120)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_policy_that_loads_decides_about_everybody_and_a_unique_one_by_one_row(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance = Random(seed)
    with suppress(DefinitionError):
        rules = policy(tmp_path_factory.getbasetemp(), random_body(chance))
        for _ in range(20):
            score, said = random_facts(chance)
            decision = decided(rules, score, AS_OF, **said)
            met = [row.row for row in decision.rows if row.met]
            assert decision.row == (met[0] if met else decision.row)
            assert bool(met) == (decision.row not in ("otherwise", "unknown"))
            assert rules.hit == "first" or len(met) <= 1
