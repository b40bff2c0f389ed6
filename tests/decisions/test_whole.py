"""What a live policy may decide on (what it may not is told in the golden messages)."""

from pathlib import Path

from tests.decisions.policies import policy

BODY = """
setting: {setting}
purpose: rental_agreement
lists: {{court: {{title: the court's list, context: public_record}}}}
columns: {{home: {{title: home, context: rental}}}}
rows:
  - when: {{score: {{above: 5}}, lists: {{court: absent}}, columns: {{home: {{above: 1}}}}}}
    outcome: accept
    reason: High.
otherwise: {{outcome: decline, reason: The rest.}}
unknown: {{outcome: refer, reason: Not known.}}
"""


def test_a_live_policy_says_its_purpose_and_where_its_facts_come_from(tmp_path: Path) -> None:
    rules = policy(tmp_path, BODY.format(setting="live"), "live")
    assert (rules.setting, rules.purpose) == ("live", ("rental_agreement",))


def test_a_lab_policy_may_try_a_live_scorecard_on_anything(tmp_path: Path) -> None:
    body = BODY.format(setting="lab").replace(", context: rental", ", context: religion")
    assert policy(tmp_path, body, "live").setting == "lab"
