"""What a partner says of an application is what its policy asks for, and nothing else."""

import pytest

from credence.engines.found import Value
from credence.errors import InvalidRequestError
from credence.server.services.deciding.application import Application, values_of
from tests.server.services.deciding.policies_at_hand import policy

ROWS = """
lists: {court: {title: A court's list, context: public_record}}
columns:
  amount: {title: What is applied for, context: payments}
  income: {title: Income, context: payments}
  home: {title: Home, context: rental, type: text}
rows:
  - when:
      lists: {court: absent}
      columns: {amount: {below: 500}, income: {at_least: 1000}, home: {in: [own, rented]}}
    outcome: accept
    reason: All is well.
otherwise: {outcome: decline, reason: Something is not.}
unknown: {outcome: refer, reason: Something is not known.}
"""


def said(**facts: str | float | None) -> dict[str, Value]:
    ready = policy(ROWS)
    return {s.name: v for s, v in values_of(ready.policy, Application(facts, amount=400)).items()}


def test_what_is_not_said_is_not_known_and_the_amount_is_known_from_the_application() -> None:
    assert said() == {"court": "unknown", "amount": 400.0, "income": None, "home": None}
    assert said(court="absent", income=900, home="own", amount=5) == {
        "court": "absent", "amount": 5.0, "income": 900.0, "home": "own",
    }  # fmt: skip


def test_every_fact_that_is_amiss_is_told_at_its_place() -> None:
    facts: dict[str, str | float | None] = {
        "court": "maybe",
        "income": "much",
        "home": 3,
        "colour": "red",
        "amount": float("inf"),
    }
    with pytest.raises(InvalidRequestError) as caught:
        values_of(policy(ROWS).policy, Application(facts))
    assert caught.value.pointers == {
        "/facts/court": "'court' is a list: say absent, present, unknown.",
        "/facts/income": "'income' must be a number.",
        "/facts/home": "'home' must be a short text.",
        "/facts/colour": "'trial' asks for no 'colour', but for: court, amount, income, home.",
        "/facts/amount": "'amount' must be a number.",
    }
