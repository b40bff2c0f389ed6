"""Definitions as partners send them: every fault is told, and no file of the bureau's is looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from credence.decisions.load import load_policy, load_policy_text
from credence.decisions.model import Policy
from credence.errors import DefinitionError, Fault, InvalidRequestError, ScorecardNotFoundError
from credence.scorecards.gate.words import faults_of_directions, faults_of_words
from credence.scorecards.load import load_scorecard, load_text, shipped_names
from credence.scorecards.model import Scorecard
from credence.server.services.deciding import levels
from credence.yaml_file import parse

POLICY, SCORECARD = "policy", "scorecard"
NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
ITEM = re.compile(r"\[([0-9]+)\]")
PINNED = re.compile(r"[a-z][a-z0-9_]{0,59}@[1-9][0-9]{0,8}")
# Loading takes milliseconds, and what was published never changes.
LOADED_MOST = 500


@dataclass(frozen=True)
class Ready:
    """A policy that can be decided by, with what is known of it before anybody is looked at.

    Attributes:
        policy: The policy.
        named: Its name and version, as a request names it.
        level: The least level of consent that its outcome needs.
        at_least: The score that it asks for, where that is the one limit there is.
    """

    policy: Policy
    named: str
    level: str
    at_least: int | None

    @property
    def card(self) -> str:
        """The scorecard that it decides on, with its version."""
        return f"{self.policy.scorecard.name}@{self.policy.scorecard.version}"


def ready(policy: Policy, named: str) -> Ready:
    """What is known of a policy."""
    level, limits = levels.level_of(policy), levels.limits(policy)
    only = limits[0] if level == levels.THRESHOLD and limits else None
    return Ready(policy, named, level, only)


@lru_cache(LOADED_MOST)
def shipped_policy(named: str) -> Ready:
    """A policy that comes with Credence, `zhima/bikes@1`.

    Raises:
        PolicyNotFoundError: There is none.
    """
    return ready(load_policy(named), named)


def stored_policy(named: str, text: str, card: str | None) -> Ready:
    """A partner's policy that was checked before, on the partner's own scorecard if there is one."""
    return ready(
        load_policy_text(text, named, lambda name: _card(name, {} if card is None else {name: card})), named
    )


def read_definition(kind: str, text: str, cards: Mapping[str, str], *, lab: bool) -> Policy | Scorecard:
    """A policy or scorecard as it was sent.

    Args:
        kind: policy or scorecard.
        text: The YAML.
        cards: The texts of the partner's own scorecards, by name@version.
        lab: Whether definitions for the lab are taken.

    Raises:
        InvalidRequestError: It has faults; all of them are told, each with its place.
    """
    named = f"the {kind}"
    try:
        found = (
            load_policy_text(text, named, lambda n: _card(n, cards))
            if kind == POLICY
            else load_text(text, named)
        )
        _check_here(found, text, named, lab=lab)
    except DefinitionError as error:
        raise faulty(kind, error.faults) from None
    return found


def faulty(kind: str, faults: list[Fault]) -> InvalidRequestError:
    """The error that tells faults; those of one place stand together."""
    pointers: dict[str, str] = {}
    for fault in faults:
        # People count rows from 1, JSON pointers from 0.
        place = ITEM.sub(lambda item: f"/{int(item[1]) - 1}", fault.path).replace(".", "/")
        where, why = f"/text/{place}".rstrip("/"), f"Line {fault.line}: {' '.join(fault.sentence.split())}"
        pointers[where] = f"{pointers[where]} {why}" if where in pointers else why
    count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidRequestError(f"The {kind} has {count}.", pointers)


def _card(name: str, cards: Mapping[str, str]) -> Scorecard:
    """A scorecard that is shipped or the partner's own; never a file."""
    if name.partition("@")[0] in shipped_names():
        return load_scorecard(name)
    if name not in cards:
        raise ScorecardNotFoundError(name, [*shipped_names(), *cards])
    return load_text(cards[name], name)


def _check_here(found: Policy | Scorecard, text: str, named: str, *, lab: bool) -> None:
    """What holds for definitions that are sent, besides what holds for all."""
    node, faults = parse(text, named), []
    entries = node.entries()
    if not NAME.fullmatch(found.name):
        faults.append(("name", "must be small letters, digits and _, at most 60, a letter first."))
    if isinstance(found, Scorecard) and found.name in shipped_names():
        faults.append(("name", f"'{found.name}' comes with Credence: choose another name."))
    if isinstance(found, Policy) and not PINNED.fullmatch(str(entries["scorecard"].value)):
        card = found.scorecard
        faults.append(("scorecard", f"must say which version, like '{card.name}@{card.version}'."))
    if found.setting != "live" and not lab:
        faults.append(("setting", f"'{found.setting}' is for the sandbox alone; here it must be 'live'."))
    lines = {name: entries[name].line if name in entries else 1 for name, _ in faults}
    told = [Fault(lines[name], name, sentence) for name, sentence in faults]
    if isinstance(found, Scorecard) and found.setting == "live":
        told += [*faults_of_words(node, found), *faults_of_directions(node, found)]
    if told:
        raise DefinitionError(named, told)
