"""What the parts of a policy must agree on, and what a live one may not ask."""

from credence.decisions.model import ACCEPT, MEANINGS, Policy
from credence.engines.policies.clauses import ANSWER
from credence.errors import nearest
from credence.events.vocabulary import Vocabulary
from credence.scorecards.live import AGE, bars, purposes
from credence.yaml_file import Node


def check(node: Node, entries: dict[str, Node], policy: Policy, words: Vocabulary) -> None:
    """Note what is wrong between the parts."""
    _check_used(entries, policy)
    _check_described(entries, policy)
    _check_purposes(entries, policy)
    if policy.setting == "live":
        _check_live(node, entries, policy, words)


def _check_used(entries: dict[str, Node], policy: Policy) -> None:
    """Words that are described are used, and somebody can pass."""
    said = [outcome.outcome for _, outcome in policy.places() if outcome is not None]
    for word, child in _entries(entries.get("outcomes")):
        if word in MEANINGS:
            child.fault(f"'{word}' means what it says. Describe words of your own alone.")
        elif word not in said:
            child.fault(f"'{word}' is what no row decides. Use it, or take it out.")
    if said and all(policy.outcomes.get(word, ACCEPT) != ACCEPT for word in said):
        entries["rows"].fault("No row accepts anybody. Let one do so, or say which outcome means 'accept'.")


def _check_described(entries: dict[str, Node], policy: Policy) -> None:
    """Lists and columns that are described are asked, and have names of their own."""
    lists = {name for name, _ in _entries(entries.get("lists"))}
    asked = {subject.place for subject in policy.subjects}
    for part, kind in (("lists", "list"), ("columns", "column")):
        for name, child in _entries(entries.get(part)):
            if asked and f"{kind} {name}" not in asked:
                child.fault("is asked by no row. Ask it, or take it out.")
            if part == "columns" and name in lists:
                child.fault("is the name of a list as well, and both are columns of one table: rename one.")


def _entries(node: Node | None) -> list[tuple[str, Node]]:
    return [] if node is None else list(node.entries().items())


def _check_purposes(entries: dict[str, Node], policy: Policy) -> None:
    """A policy decides about what its scorecard is for; a scorecard without purposes leaves it open."""
    known = list(policy.scorecard.purpose or purposes())
    for word in filter(None, policy.purpose):
        if word not in known:
            of = f" of '{policy.scorecard.name}'" if policy.scorecard.purpose else ""
            entries["purpose"].fault(
                f"'{word}' is no purpose{of}.{nearest(word, known)} Purposes{of}: {', '.join(known)}."
            )


def _check_live(node: Node, entries: dict[str, Node], policy: Policy, words: Vocabulary) -> None:
    if policy.scorecard.setting == "lab" and policy.scorecard.name:
        entries["scorecard"].fault(
            f"'{policy.scorecard.name}' is a lab scorecard, for synthetic people. "
            "Let the policy be for the lab, too, or decide on a live scorecard."
        )
    if "purpose" not in entries:
        node.fault("A live policy needs its 'purpose'.")
    known = [name for name in words.contexts if name not in bars()]
    for name, child in (*_entries(entries.get("lists")), *_entries(entries.get("columns"))):
        context = child.entries().get("context")
        if context is None:
            child.fault(f"A live policy says where '{name}' comes from: add its 'context'.")
        elif str(context.value) in bars():
            context.fault(f"'{context.value}' is barred from live policies. {bars()[str(context.value)]}")
        else:
            context.choice(known)
    _check_ages(entries, policy)


def _check_ages(entries: dict[str, Node], policy: Policy) -> None:
    """An age may only earn points, in a scorecard: a row that asks for one could turn against the old."""
    ages = {c.name for c in policy.scorecard.characteristics if c.measure.context == AGE}
    asked = {s.name for s in policy.subjects if s.kind == ANSWER}
    for name in sorted(ages & asked):
        entries["rows"].fault(f"asks for '{name}', an age. {bars()[AGE]}")
