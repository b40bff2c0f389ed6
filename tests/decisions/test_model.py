from pathlib import Path

from tests.decisions.policies import policy

OWN = """
outcomes: {welcome: accept, wait: refer, no: decline}
rows:
  - {when: {score: {above: 50}}, outcome: welcome, reason: High.}
  - {when: {score: {below: 20}}, outcome: no, reason: Low.}
otherwise: {outcome: decline, reason: The rest.}
unknown: {outcome: wait, reason: Not known.}
"""


def test_a_word_of_its_own_means_accept_refer_or_decline(tmp_path: Path) -> None:
    rules = policy(tmp_path, OWN)
    places = [(name, outcome and rules.meaning(outcome)) for name, outcome in rules.places()]
    assert places == [("1", "accept"), ("2", "decline"), ("otherwise", "decline"), ("unknown", "refer")]
    assert rules.decided.against == {1, 2}
