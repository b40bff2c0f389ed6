"""A letter says who decided by which rule, the score with its range and day, why, and what can be done."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from credence.server.services.deciding.decisions import Made
from credence.server.services.deciding.letters.content import Letter, letter_of
from credence.server.services.deciding.letters.texts import LANGUAGES, rights, sentences
from credence.server.services.deciding.reviews import Review
from credence.server.services.deciding.told import Told
from credence.server.settings import Settings
from tests.server.services.deciding.policies_at_hand import decided, limit, policy

MADE_AT = datetime(2026, 11, 6, 9, tzinfo=UTC)
SETTINGS = Settings(data=Path("nowhere"), bureau="Credence Bureau", public_url="https://bureau.example")
FOUR = ("H1", "U1", "L1", "P1")


def made(kept: Told) -> Made:
    """A decision of Sunny Homes, with all that is told of it."""
    return Made(
        "dec_1", "per_1", "per_2", "par_1", "Sunny Homes", MADE_AT, "trial@1", "everyday@1", "rental_deposit",
        "threshold", "con_1", "inq_1", "stm_1", kept.outcome, kept.meaning, kept,
    )  # fmt: skip


def letter(kept: Told, language: str = "en", settings: Settings = SETTINGS) -> Letter:
    return letter_of(made(kept), settings, language)


def text(found: Letter) -> str:
    parts = [line for part in found.parts for line in (part.heading, *part.paragraphs, *part.points)]
    return "\n".join([found.title, *found.about, *parts])


def part(found: Letter, heading: str) -> tuple[str, ...]:
    one = next(part for part in found.parts if part.heading == heading)
    return one.paragraphs + one.points


def test_it_says_what_the_law_and_fairness_ask_of_it() -> None:
    found = letter(decided(limit(600), 577, FOUR, ("R1",)))
    said = text(found)
    for piece in (
        "Sunny Homes looked at your application on 2026-11-06 and decided: decline.",
        "Your score was 577, on a range from 350 to 950, as of 2026-11-06.",
        "the scorecard Everyday credit (everyday@1)",
        "It asks for a score at least 600 and less than 951: you had 23 points too few.",
        "Credence Bureau computed the score; it did not decide",
        "free of charge, at https://bureau.example",
        "within 60 days",
        "Equal Credit Opportunity Act",
        "Ask that a person looks at this decision.",
        "dec_1",
    ):
        assert piece in said
    reasons = part(found, "What kept the score from being higher")
    assert len(reasons) == 5
    assert reasons[0] == "Bills, rent or instalments were often late or left unpaid"


def test_it_is_in_the_persons_language_with_the_scorecards_own_words() -> None:
    found = letter(decided(limit(600), 577, FOUR), "zh")
    assert found.language == "zh"
    assert "您的评分为 577 分" in text(found)
    assert "350 至 950" in text(found)
    assert "您还差 23 分" in text(found)
    reasons = part(found, "评分未能更高的原因")
    assert all(any("一" <= sign <= "鿿" for sign in reason) for reason in reasons)
    assert letter(decided(limit(600), 577), "fr").language == "en"


def test_without_a_score_it_says_why_and_gives_no_reasons_of_one() -> None:
    declined = "rows:\n  - {when: {scored: true}, outcome: accept, reason: So.}\n"
    declined += "  - {when: {scored: false}, outcome: decline, reason: No score.}\n"
    said = text(letter(decided(policy(declined), None, ())))
    assert "no score of you as of 2026-11-06: Fewer than six things are known" in said
    assert "What kept the score from being higher" not in said


def test_what_else_was_not_met_is_said_too() -> None:
    rows = """
columns: {income: {title: Your income in a month, context: payments}}
rows:
  - {when: {score: {below: 600}, columns: {income: {at_least: 1000}}}, outcome: accept, reason: Enough.}
otherwise: {outcome: decline, reason: Not enough.}
unknown: {outcome: refer, reason: Not known.}
"""
    asks = part(letter(decided(policy(rows), 620, income=10.0)), "What the rule asks")
    assert asks[0].endswith("you had 21 points too many.")
    assert asks[1] == "It asks for Your income in a month at least 1000: this was not met."


def test_what_somebody_of_the_partner_declined_is_told_with_their_reason() -> None:
    rows = """
rows:
  - {when: {score: {at_least: 650}}, outcome: accept, reason: So.}
  - {when: {score: {at_least: 550, below: 650}}, outcome: refer, reason: Somebody looks.}
  - {when: {score: {below: 550}}, outcome: decline, reason: No.}
unknown: {outcome: refer, reason: Not known.}
"""
    look = Review(
        "rev_1", "dec_1", "per_1", "par_1", None, MADE_AT, MADE_AT.date(), None, None, None, MADE_AT,
        "declined", MADE_AT, None, "The last flat was left dirty.", None,
    )  # fmt: skip
    found = letter_of(made(decided(policy(rows), 600)), SETTINGS, "en", look)
    said = "to a person of Sunny Homes, who declined on 2026-11-06: The last flat was left dirty."
    assert said in found.parts[0].paragraphs[-1]
    assert part(found, "What the rule asks") == (
        "It asks for a score at least 650: you had 50 points too few.",
    )


def test_a_score_without_a_range_and_reasons_of_a_scorecard_of_ones_own_are_told_as_they_are() -> None:
    kept = decided(limit(600), 577, ("H1",))
    own = msgspec.structs.replace(kept, range=None, scorecard="sunny@3")
    found = letter(own, "zh")
    assert "您的评分为 577 分" in text(found)
    assert "350" not in part(found, "所使用的评分")[0]
    assert part(found, "评分未能更高的原因") == ("Bills, rent or instalments were often late or left unpaid",)
    gone = msgspec.structs.replace(kept, scorecard="everyday@999")
    assert "often late" in text(letter(gone, "zh"))


@pytest.mark.parametrize("place", sorted(rights()))
def test_every_law_is_told_in_every_language(place: str) -> None:
    for language in LANGUAGES:
        settings = Settings(data=Path("nowhere"), jurisdiction=place)
        said = text(letter(decided(limit(600), 577), language, settings))
        assert "{" not in said
        assert rights()[place][language][0][:10] in said


def test_every_sentence_is_there_in_every_language() -> None:
    assert sentences()["en"].keys() == sentences()["zh"].keys()
