"""A report as plain facts for programs: what report.json says (docs/reference/run-report.md)."""

import msgspec

from credence.events.calendar import instant
from credence.runs.report.drift import meaning
from credence.runs.report.groups import Group, Grouping, Groups
from credence.runs.report.model import Before, CardReport, Drift, Furnisher, Report, Share, Verdict
from credence.scorecards.model import Scorecard
from credence.scoring.moves import comparison_facts

PUBLISHED = Verdict()


def report_facts(report: Report, verdict: Verdict = PUBLISHED) -> dict[str, object]:
    """The report as values of JSON, the same for the same report."""
    facts = {
        "run": report.run,
        "as_of": report.as_of,
        "known_at": instant(report.known_at),
        "snapshot": report.snapshot,
        "published": verdict.published,
        "limits_reached": verdict.reached,
        "accepted": verdict.accepted,
        "scorecards": [_card(card) for card in report.cards],
        "furnishers": [_furnisher(furnisher, report) for furnisher in report.furnishers],
    }
    built = msgspec.to_builtins(facts)
    assert isinstance(built, dict), "a report is an object"
    return built


def report_json(report: Report, verdict: Verdict = PUBLISHED) -> str:
    """The report as the text of report.json."""
    return msgspec.json.format(msgspec.json.encode(report_facts(report, verdict))).decode() + "\n"


def _card(card: CardReport) -> dict[str, object]:
    scorecard = card.scorecard
    return {
        "scorecard": scorecard.name,
        "version": scorecard.version,
        "title": scorecard.title,
        "definition_hash": scorecard.definition_hash,
        "people": card.people,
        "scored": card.scored,
        "mean": card.mean,
        "mean_change": card.mean_change,
        "psi": card.psi,
        "psi_by_chance": card.psi_by_chance,
        "meaning": None if card.psi is None else meaning(card.psi),
        "quantiles": card.quantiles,
        "bins": [
            {"from": low, "to": high, **_counts(share)}
            for share, (low, high) in zip(card.bins, card.limits, strict=True)
        ],
        "bands": [{"band": share.label, **_counts(share)} for share in card.bands],
        "unscorable": [_unscorable(scorecard, share) for share in card.unscorable],
        "characteristics": [_drift(drift) for drift in card.characteristics],
        "before": None if card.before is None else _before(card.before),
        "moves": None if card.moves is None else comparison_facts(card.moves),
        "groups": None if card.groups is None else _groups(card.groups),
    }


def _counts(share: Share) -> dict[str, object]:
    return {"people": share.people, "before": share.before}


def _unscorable(scorecard: Scorecard, share: Share) -> dict[str, object]:
    return {"code": share.label, "sentence": why(scorecard, share.label), **_counts(share)}


def why(scorecard: Scorecard, code: str) -> str:
    """The sentence of a code under which people have no score; the code itself if nothing tells of it."""
    rules = {rule.code: rule.sentence for rule in scorecard.scorable_when}
    return rules.get(code) or scorecard.reasons.get(code, code)


def _drift(drift: Drift) -> dict[str, object]:
    return {
        "name": drift.name,
        "question": drift.question,
        "psi": drift.psi,
        "psi_by_chance": drift.psi_by_chance,
        "meaning": None if drift.psi is None else meaning(drift.psi),
        "csi": drift.csi,
        "attributes": [{"attribute": share.label, **_counts(share)} for share in drift.attributes],
    }


def _before(before: Before) -> dict[str, object]:
    facts = {name: getattr(before, name) for name in Before.__dataclass_fields__}
    return facts | {"known_at": instant(before.known_at)}


def _groups(groups: Groups) -> dict[str, object]:
    cut_off = groups.cut_offs[0] if groups.cut_offs else None
    return {"cut_off": cut_off, "columns": [_grouping(one) for one in groups.columns]}


def _grouping(one: Grouping) -> dict[str, object]:
    lowest = one.lowest
    least = (None, None) if lowest is None else (lowest.name, lowest.ratio)
    facts = {"column": one.column, "lowest_group": least[0], "lowest_ratio": least[1]}
    return facts | {"groups": [_group(group) for group in one.groups]}


def _group(group: Group) -> dict[str, object]:
    facts = {"group": group.name, "people": group.people, "too_few": group.scored is None}
    return facts | {"scored": group.scored, "mean": group.mean, "reached": group.reached}


def _furnisher(furnisher: Furnisher, report: Report) -> dict[str, object]:
    recorded = furnisher.last_recorded_at
    return {name: getattr(furnisher, name) for name in Furnisher.__dataclass_fields__} | {
        "last_recorded_at": None if recorded is None else instant(recorded),
        "silent_days": furnisher.silent_days(report.as_of),
        "sent_less": furnisher.sent_less,
    }
