"""Small policies for tests: on the small scorecard of the golden files, written into a folder and loaded."""

from datetime import date, datetime
from pathlib import Path
from textwrap import dedent

from credence.decisions.decide import Decision, Facts, decide
from credence.decisions.load import load_policy
from credence.decisions.model import Policy
from credence.engines.found import Value
from tests.characteristics.reading import words

CARDS = Path(__file__).parent / "golden" / "cards"
AS_OF = date(2026, 11, 6)
KNOWN_AT = datetime(2026, 11, 6)  # noqa: DTZ001 - instants known to the log are UTC without a zone
# Everybody of whom a score is known is decided about by two rows.
TWO = """
rows:
  - {when: {score: {above: 50}}, outcome: accept, terms: {limit: 500}, reason: Your score is more than 50.}
  - {when: {score: {up_to: 50}}, outcome: decline, reason: Your score is at most 50.}
  - {when: {scored: false}, outcome: refer, reason: Too little is known for a score.}
"""


def text(body: str, card: str = "small") -> str:
    """The text of a policy on one of the golden scorecards."""
    return f"name: trial\nversion: 1\ntitle: Trial\nscorecard: {CARDS / card}.yaml\n{dedent(body)}"


def policy(folder: Path, body: str = TWO, card: str = "small") -> Policy:
    """A policy without faults."""
    path = folder / "policy.yaml"
    path.write_text(text(body, card), encoding="utf-8")
    return load_policy(path, words())


def facts(policy: Policy, score: int | None = 60, as_of: date = AS_OF, **said: Value) -> Facts:
    """What is known of Ana: the score, and of lists, answers and columns what is said by name."""
    code = None if score is not None else str(said.pop("unscorable", "nothing"))
    known: dict[str, Value] = {"score": score, "unscorable": code, **said}
    unsaid: dict[str, Value] = {"list": "unknown"}
    values = {s: known.get(s.name or s.kind, unsaid.get(s.kind)) for s in policy.subjects}
    codes = ("R1", "R2") if score is not None else ()
    return Facts("ana", as_of, KNOWN_AT, values, score, None, code, codes)


def decided(policy: Policy, score: int | None = 60, as_of: date = AS_OF, **said: Value) -> Decision:
    """What is decided about Ana."""
    return decide(policy, facts(policy, score, as_of, **said))
