"""Checks of corrections and marks: what they may name, and who may send them."""

from dataclasses import dataclass

from credence.events.fields import listed, quoted
from credence.events.vocabulary import Vocabulary


@dataclass(frozen=True)
class Check:
    """Something that must be true of a row, and what is said of the field where it is not."""

    field: str
    condition: str
    sentence: str


def correction_checks(words: Vocabulary, bureau: str) -> list[Check]:
    """The checks of a row that replaces, retracts or marks another event."""
    marks = listed([kind.name for kind in words.kinds.values() if kind.mark])
    retracting = listed([kind.name for kind in words.kinds.values() if kind.mark == "retracts"])
    itself = "coalesce(replaces, retracts, target)"
    foreign = "coalesce(target_furnisher, furnisher) <> furnisher"
    may = f"target_furnisher IS NULL OR target_furnisher = furnisher OR furnisher = {quoted(bureau)}"
    lacking = "retracts is missing: {kind} needs the event_id it takes back"
    return [
        Check(
            "retracts",
            "(replaces IS NULL OR retracts IS NULL)",
            "an event either replaces or retracts another, not both",
        ),
        Check(
            "replaces",
            f"(replaces IS NULL OR kind IS NULL OR kind NOT IN ({marks}))",
            "a mark cannot replace an event",
        ),
        Check("retracts", f"(kind IS NULL OR kind NOT IN ({retracting}) OR retracts IS NOT NULL)", lacking),
        Check(
            "target_furnisher",
            f"({may})",
            "only the furnisher of an event, or the bureau, may correct or mark it",
        ),
        Check(
            "target_furnisher",
            f"(target_furnisher IS NULL OR {itself} IS NOT NULL)",
            "target_furnisher is given, but no event that it sent",
        ),
        Check(
            "event_id",
            f"({itself} IS NULL OR {itself} <> event_id OR {foreign})",
            "an event cannot correct or mark itself",
        ),
    ]
