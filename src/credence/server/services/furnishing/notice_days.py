"""How long before an event against a person counts the person must have been told (notices.yaml)."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from credence.events.vocabulary import shipped
from credence.yaml_file import Node, parse, settle

NAME = "notices.yaml"


@dataclass(frozen=True)
class Days:
    """The days of a jurisdiction: the usual ones, and those of kinds that have others."""

    usual: int
    kinds: dict[str, int]

    def of(self, kind: str) -> int:
        """The days of a kind."""
        return self.kinds.get(kind, self.usual)


@dataclass(frozen=True)
class NoticeRules:
    """How many signs of evidence are needed, and the days of each jurisdiction."""

    evidence: int
    days: dict[str, Days]

    def counts_from(self, kind: str, jurisdiction: str, told: date) -> date:
        """The day from which an event counts of which its person is told today.

        Where nothing is said of a jurisdiction, the longest notice holds.
        """
        named = [self.days[jurisdiction]] if jurisdiction in self.days else list(self.days.values())
        return told + timedelta(days=max(days.of(kind) for days in named))


@cache
def notice_rules() -> NoticeRules:
    """The rules that come with Credence."""
    return read_rules(files(__package__).joinpath(NAME).read_text(encoding="utf-8"), NAME)


def read_rules(text: str, name: str) -> NoticeRules:
    """The rules of a text.

    Raises:
        DefinitionError: It has faults.
    """
    node = parse(text, name)
    entries = node.keyed(["version", "evidence", "days"], [])
    days = entries["days"].entries() if "days" in entries else {}
    rules = NoticeRules(
        entries["evidence"].integer(1) if "evidence" in entries else 0,
        {where: _days(child) for where, child in days.items()},
    )
    settle(node, name)
    return rules


def _days(node: Node) -> Days:
    entries = node.keyed(["usual"], ["kinds"])
    named = entries["kinds"].entries() if "kinds" in entries else {}
    for kind, child in named.items():
        if kind not in shipped().kinds:
            child.fault(f"There is no kind '{kind}'.")
    kinds = {kind: child.integer(0) for kind, child in named.items()}
    return Days(entries["usual"].integer(0) if "usual" in entries else 0, kinds)
