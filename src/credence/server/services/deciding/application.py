"""What a partner says of an application: the lists and columns that its policy asks for, and the amount."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

from credence.decisions.model import Policy
from credence.engines.found import Value
from credence.engines.policies.clauses import LIST, STATUSES, UNKNOWN, Subject
from credence.errors import InvalidRequestError

TEXT_LONGEST = 200
NUMBER_MOST = 10**15
# A policy that has a column of this name is given the amount that is applied for, in minor units.
AMOUNT = "amount"


@dataclass(frozen=True)
class Application:
    """What is applied for, and what the partner knows of it.

    Attributes:
        facts: Values of the policy's lists and columns, by name; what is not said is not known.
        amount: The amount, in minor units.
        currency: Its currency, as ISO 4217 has it.
        reference: The partner's own number of the application.
    """

    facts: Mapping[str, str | int | float | None] = field(default_factory=dict)
    amount: int | None = None
    currency: str | None = None
    reference: str | None = None


def values_of(policy: Policy, application: Application) -> dict[Subject, Value]:
    """What is known of the lists and columns that a policy asks for.

    Raises:
        InvalidRequestError: A fact is none that the policy asks for, or no value of it; all are told.
    """
    beside = {subject.name: subject for subject in policy.decided.beside}
    asked = ", ".join(beside) or "nothing"
    faults = {
        f"/facts/{name}": f"'{policy.name}' asks for no '{name[:60]}', but for: {asked}."
        for name in application.facts
        if name not in beside
    }
    given = {AMOUNT: application.amount} | dict(application.facts)
    found: dict[Subject, Value] = {}
    for name, subject in beside.items():
        value = given.get(name)
        found[subject] = UNKNOWN if value is None and subject.kind == LIST else value
        why = None if value is None else _amiss(subject, value)
        if why is not None:
            faults[f"/facts/{name}"] = f"'{name}' {why}"
    if faults:
        raise InvalidRequestError(" ".join(faults.values()), faults)
    # Engines compare numbers of tables as floats, for everybody alike.
    return {s: float(v) if isinstance(v, int) else v for s, v in found.items()}


def _amiss(subject: Subject, value: str | float) -> str | None:
    """What is wrong with a value that is there."""
    if subject.kind == LIST:
        return None if value in STATUSES else f"is a list: say {', '.join(STATUSES)}."
    if subject.text:
        return None if isinstance(value, str) and len(value) <= TEXT_LONGEST else "must be a short text."
    number = isinstance(value, int | float) and isfinite(value) and abs(value) <= NUMBER_MOST
    return None if number else "must be a number."
