"""A scorecard as one self-contained HTML page: what is asked, what each answer gives, and for whom it is."""

from html import escape
from itertools import pairwise

from credence.characteristics.aggregates import Crossing, aggregates_of, columns_in
from credence.characteristics.measure import Measure
from credence.events.vocabulary import Vocabulary
from credence.scorecards.exchange.points_table import value_text
from credence.scorecards.lines import points_said, said
from credence.scorecards.live import purposes
from credence.scorecards.model import Attribute, Characteristic, PointsEach, Requirement, Rule, Scorecard
from credence.scorecards.reasons import REASONS_MOST
from credence.scorecards.written.measures import measure_of
from credence.scoring.looks import LIGHT, document
from credence.scoring.words import counted

RULES = """
* { box-sizing: border-box } body { margin: 0; padding: 2rem 1rem 4rem; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 54rem; margin: 0 auto; background: var(--paper); border-radius: 4px; padding: 2.2rem 2.4rem; box-shadow: 0 1px 3px #0003; overflow-wrap: anywhere }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem } h2 { font-size: 1.25rem; margin: 2.4rem 0 .3rem; border-top: 2px solid var(--ink); padding-top: .7rem } h3 { font-size: 1rem; margin: 1.5rem 0 .1rem }
p { margin: .3rem 0 .8rem; max-width: 44rem } .soft, small { color: var(--soft) } small { display: block; font-size: .85rem } code { font-size: .85em }
.lab { background: #fbe9c6; border-left: 4px solid #b7791f; padding: .6rem .9rem }
dl { display: grid; grid-template-columns: 11rem 1fr; gap: .3rem 1rem; margin: 1rem 0 } dt { color: var(--soft) } dd { margin: 0 } dd ul { margin: 0; padding-left: 1.1rem }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .4rem 0 } th { text-align: left; font-size: .8rem; color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--ink) }
th, td { padding: .3rem .8rem .3rem 0; vertical-align: top } td { border-bottom: 1px solid var(--line) } td:nth-child(2), th:nth-child(2) { text-align: right; white-space: nowrap; width: 8rem; padding-right: 1.5rem } th:first-child { width: 32% } tr.best td:nth-child(2) { color: var(--good); font-weight: 700 }
.gauge { display: flex; gap: 2px; margin: 1rem 0 .3rem } .gauge div { flex: 1; background: #cfe0ee; padding: .45rem .5rem; font-weight: 600; min-width: 0 } .gauge div:last-child { background: #9fc5e4 } .gauge small { font-weight: 400 }
article { break-inside: avoid } footer { margin-top: 2.4rem; border-top: 1px solid var(--line); padding-top: .8rem; color: var(--soft); font-size: .85rem }
@media (max-width: 40rem) { main { padding: 1.2rem 1rem } dl { grid-template-columns: 1fr; gap: 0 } dd { margin-bottom: .5rem } .gauge { flex-direction: column } }
@media print { body { background: none; padding: 0 } main { box-shadow: none; padding: 0; max-width: none } h2 { break-after: avoid } }
"""  # noqa: E501 - a style sheet reads best a rule a line
LAB = "For simulations on synthetic people only: it may not decide about anybody."
WINDOW = {None: "from all that is known", 1: "from the last month"}


def card_page(scorecard: Scorecard, words: Vocabulary) -> str:
    """The page of a scorecard; the vocabulary lends the titles of the events that are looked at."""
    parts = [
        _top(scorecard),
        _bands(scorecard),
        _scorable(scorecard),
        _questions(scorecard, words),
        _method(scorecard),
    ]
    footer = (
        f"<footer>{escape(scorecard.name)}, version {scorecard.version}. Definition "
        f"<code>{scorecard.definition_hash}</code>: whatever could move a score changes these signs.</footer>"
    )
    body = f"<main>{''.join(parts)}{footer}</main>"
    return document(scorecard.title, f":root {{ color-scheme: light; {LIGHT} }}{RULES}", body)


def _top(scorecard: Scorecard) -> str:
    lab = f'<p class="lab">{LAB}</p>' if scorecard.setting != "live" else ""
    meaning = purposes()
    purpose = "".join(f"<li>{escape(meaning[word])}</li>" for word in scorecard.purpose)
    asked = counted(len(scorecard.characteristics), "question")
    facts = {
        "Version": str(scorecard.version),
        "May be used to decide": f"<ul>{purpose}</ul>" if purpose else "nothing is named",
        "Everyone starts with": f"{scorecard.points_base:,} points",
        "Scores lie between": "{:,} and {:,}".format(*scorecard.range)
        if scorecard.range
        else "no limits are said",
        "Law": "not of one place" if scorecard.jurisdiction == "any" else escape(scorecard.jurisdiction),
    }
    told = "".join(f"<dt>{name}</dt><dd>{fact}</dd>" for name, fact in facts.items())
    lead = f"A scorecard: {asked}, and points for each answer. All points added up are the score."
    return f'<h1>{escape(scorecard.title)}</h1><p class="soft">{lead}</p>{lab}<dl>{told}</dl>'


def _bands(scorecard: Scorecard) -> str:
    if not scorecard.bands:
        return ""
    limits = [scorecard.range[0] if scorecard.range else None, *(band.below for band in scorecard.bands[:-1])]
    limits.append(scorecard.range[1] + 1 if scorecard.range else None)
    segments = "".join(
        f"<div>{escape(band.name)}<small>{_between(low, high)}</small></div>"
        for band, (low, high) in zip(scorecard.bands, pairwise(limits), strict=True)
    )
    return f'<h2>Bands</h2><div class="gauge">{segments}</div>'


def _between(low: int | None, high: int | None) -> str:
    if low is None:
        return "" if high is None else f"below {high:,}"
    return f"{low:,} and over" if high is None else f"{low:,} to {high - 1:,}"


def _scorable(scorecard: Scorecard) -> str:
    rules = "".join(f"<li>{_rule(rule)}</li>" for rule in scorecard.scorable_when)
    rows = [row for c in scorecard.characteristics for row in c.rows() if isinstance(row, Attribute)]
    codes = dict.fromkeys(row.unscorable for row in rows if row.unscorable)
    rules += "".join(f"<li>Not if: {escape(scorecard.reasons[code])}</li>" for code in codes)
    if not rules:
        return "<h2>Who is given a score</h2><p>Everybody about whom something is known.</p>"
    lead = "A person is given a number only if all of this holds; others are told what is lacking."
    return f"<h2>Who is given a score</h2><p>{lead}</p><ul>{rules}</ul>"


def _rule(rule: Rule) -> str:
    return f"{' or '.join(map(_required, rule.alternatives))} <small>else: {escape(rule.sentence)}</small>"


def _required(requirement: Requirement) -> str:
    sign = requirement.test.replace("_", " ").replace("equals", "exactly")
    unit = {"days": " days", "months": " months"}.get(requirement.measure.unit, "")
    name = requirement.measure.name.replace("_", " ")
    return escape(f"{name} {_window(requirement.months)}: {sign} {said(requirement.limit)}{unit}")


def _questions(scorecard: Scorecard, words: Vocabulary) -> str:
    names = dict.fromkeys(c.category for c in scorecard.characteristics)
    return "".join(_category(scorecard, name, words) for name in names)


def _category(scorecard: Scorecard, name: str | None, words: Vocabulary) -> str:
    inside = [c for c in scorecard.characteristics if c.category == name]
    most = [c.points_most for c in inside]
    together = 0 if None in most else sum(filter(None, most))
    limit = f" Up to {counted(together, 'point')}." if together > 0 else ""
    category = scorecard.categories.get(name or "")
    title = category.title if category else name or "Questions"
    meaning = f"{category.meaning}." if category else ""
    rows = "".join(_characteristic(scorecard, c, words) for c in inside)
    return f'<h2>{escape(title)}</h2><p class="soft">{escape(meaning)}{limit}</p>{rows}'


def _characteristic(scorecard: Scorecard, c: Characteristic, words: Vocabulary) -> str:
    rows = "".join(_row(scorecard, row, c.points_most) for row in c.rows())
    heads = "<tr><th>Answer</th><th>Points</th><th>Reason, where points are lost</th></tr>"
    looked_at = f"<small>Answered {_window(c.months)}: {escape(_evidence(c.measure, words))}.</small>"
    exactly = f"<small><code>{escape(value_text(measure_of(c.measure)))}</code></small>"
    advice = "" if c.advice else "<small>Nobody is advised to change this.</small>"
    told = f"<h3>{escape(c.question)}</h3>{looked_at}{exactly}{advice}"
    return f"<article>{told}<table>{heads}{rows}</table></article>"


def _window(months: int | None) -> str:
    return WINDOW.get(months, f"from the last {months} months")


def _evidence(measure: Measure, words: Vocabulary) -> str:
    """Which events a measure looks at, by their titles."""
    answer = measure.answer
    if columns := [f"'{column.name}'" for column in columns_in(answer)]:
        which = f"the columns {', '.join(columns)}" if columns[1:] else f"the column {columns[0]}"
        return f"{which} of a table" + (f" ({measure.context})" if measure.context else "")
    if isinstance(answer, Crossing):
        return f"the answers to {', '.join(answer.names)} together"
    kinds = dict.fromkeys(kind for a in aggregates_of(answer) for kind in a.events.kinds)
    titles = "; ".join(words.kinds[kind].title for kind in kinds) or "every kind of event"
    return f"{measure.name.replace('_', ' ')}, of: {titles}"


def _row(scorecard: Scorecard, row: Attribute | PointsEach, most: int | None) -> str:
    reason = (
        f"{escape(scorecard.reasons[row.reason])} <small>{escape(row.reason)}</small>" if row.reason else ""
    )
    best = ' class="best"' if row.points == most else ""
    label = row.label
    if isinstance(row, PointsEach):
        cap = "" if row.cap is None else f", at most {row.cap} in all"
        label = f"{row.label} event{cap}"
    return f"<tr{best}><td>{escape(label)}</td><td>{escape(points_said(row))}</td><td>{reason}</td></tr>"


def _method(scorecard: Scorecard) -> str:
    stated = "the points that the scorecard states as usual"
    against = "the most points possible" if scorecard.baseline is None else stated
    told = [
        "The first row of a table that an answer fits gives its points.",
        "A limit belongs to the row that begins with it: '6 to 12' is 6 and more, and less than 12.",
        "'missing' is a row of its own: what is not known is never taken for zero.",
        "The points of all questions are added to what everyone starts with. Nothing else moves the score.",
        f"Up to {REASONS_MOST} reasons are told: most points {scorecard.reason_points} {against} first.",
        "What was retracted, is disputed or is too old to count is left out before a question is answered.",
    ]
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in told)
    return f"<h2>How it is computed</h2><ul>{items}</ul>"
