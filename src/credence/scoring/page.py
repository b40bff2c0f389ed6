"""Statements as one self-contained HTML page: no script, no outside file, fit for print."""

import re
from html import escape

from credence.events.calendar import instant
from credence.scoring.looks import PALETTE, document
from credence.scoring.statement import Statement, StatementLine, Wanting
from credence.scoring.words import points_in_words

# A day is never broken over two lines.
DAY, WHOLE = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b"), r"<time>\g<0></time>"
RULES = """
* { box-sizing: border-box } body { margin: 0; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--ink); font: 16px/1.45 system-ui, sans-serif }
h1 { font-size: 1.4rem; max-width: 78rem; margin: 0 auto .3rem } .lead { max-width: 78rem; margin: 0 auto 1.5rem; color: var(--soft) }
main { display: flex; flex-wrap: wrap; gap: 1.5rem; max-width: 78rem; margin: 0 auto; align-items: flex-start; justify-content: center }
article { background: var(--paper); border-radius: 4px; padding: 1.4rem 1.3rem; width: 25rem; max-width: 100%; overflow-wrap: anywhere; box-shadow: 0 1px 3px #0003 }
.who { color: var(--soft); font-size: .9rem; margin: 0 } .score { font-size: 3.2rem; font-weight: 700; line-height: 1.1; margin: .2rem 0; font-variant-numeric: tabular-nums }
.none { font-size: 1.4rem; font-weight: 700; margin: .4rem 0 } .band { font-weight: 600; color: var(--good) }
meter { width: 100%; height: .7rem } h2 { font-size: 1rem; margin: 1.2rem 0 .2rem; border-top: 1px dashed var(--line); padding-top: .8rem }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums } td { padding: .3rem 0; vertical-align: top } td + td { text-align: right; white-space: nowrap; padding-left: .8rem }
small { display: block; color: var(--soft) } time { white-space: nowrap } .sum td { border-top: 3px double var(--ink); font-weight: 700; font-size: 1.15rem; padding-top: .5rem }
ul { padding-left: 1.1rem; margin: .3rem 0 } footer { color: var(--soft); font-size: .8rem; margin-top: 1rem }
@media print { body { background: none } article { box-shadow: none; border: 1px solid #999; break-inside: avoid } }
"""  # noqa: E501 - a style sheet reads best a rule a line


def page(title: str, lead: str, statements: list[tuple[str, Statement]]) -> str:
    """A page of statements, each under a caption."""
    parts = "".join(_article(caption, statement) for caption, statement in statements)
    head = f'<h1>{escape(title)}</h1><p class="lead">{escape(lead)}</p>'
    return document(title, PALETTE + RULES, f"{head}<main>{parts}</main>")


def _article(caption: str, statement: Statement) -> str:
    lines = "".join(_category(statement, name) for name in categories(statement))
    base = total = ""
    if statement.score is not None:
        base = _row("Everyone starts with", "", f"{statement.points_base}")
        total = f'<tr class="sum"><td>Your score</td><td>{statement.score}</td></tr>'
    who = f'<p class="who">{escape(caption)}</p>{_headline(statement)}'
    rest = f"{_reasons(statement)}{_footer(statement)}"
    return f"<article>{who}<table>{base}{lines}{total}</table>{rest}</article>"


def categories(statement: Statement) -> list[str | None]:
    """The categories of a statement's lines, in order."""
    return list(dict.fromkeys(line.category for line in statement.lines))


def _headline(statement: Statement) -> str:
    if statement.score is None:
        items = "".join(_wanting(item) for item in statement.wanting)
        return f'<p class="none">Not enough is known yet</p><ul>{items}</ul>'
    meter = ""
    if statement.range is not None:
        low, high = statement.range
        band = f", band {statement.band}" if statement.band else ""
        text = escape(f"{statement.score} of {low} to {high}{band}")
        limits = f'min="{low}" max="{high}" value="{statement.score}"'
        meter = f'<meter {limits} aria-label="{text}">{text}</meter>'
    band = escape(statement.band or "")
    return f'<p class="score">{statement.score}</p><p class="band">{band}</p>{meter}'


def _wanting(item: Wanting) -> str:
    known = f"Known: {escape(item.known)}; needed: {escape(item.needed)}."
    return f"<li>{escape(item.sentence)} <small>{known}</small></li>"


def _category(statement: Statement, name: str | None) -> str:
    title = (statement.categories or {}).get(name or "", name or "")
    rows = "".join(_line(line) for line in statement.lines if line.category == name)
    return f'<tr><td colspan="2"><h2>{escape(title)}</h2></td></tr>{rows}'


def _line(line: StatementLine) -> str:
    points = "" if line.points is None else f"{line.points:+d}"
    most = "" if line.points is None or line.points_most is None else f"<small>of {line.points_most}</small>"
    return _row(line.question, said_of(line), f"{points}{most}")


def said_of(line: StatementLine) -> str:
    """What stands under a line's question: the answer, who sent it, and when it ends."""
    parts = [line.answer]
    parts += [f"from {', '.join(line.furnishers)}"] if line.furnishers else []
    parts += [f"counts until {line.ends_on}"] if line.ends_on else []
    return "; ".join(parts)


def _row(title: str, under: str, right: str) -> str:
    small = f"<small>{DAY.sub(WHOLE, escape(under))}</small>" if under else ""
    return f"<tr><td>{escape(title)}{small}</td><td>{right}</td></tr>"


def moved_by(statement: Statement) -> str:
    """What the reasons of a statement tell."""
    side = "lower" if statement.reason_points == "above" else "higher"
    return f"What keeps it from being {side}"


def _reasons(statement: Statement) -> str:
    if not statement.reasons:
        return ""
    items = "".join(
        f"<li>{escape(r.sentence)} <small>{points_in_words(r.points)}</small></li>" for r in statement.reasons
    )
    return f"<h2>{moved_by(statement)}</h2><ul>{items}</ul>"


def _footer(statement: Statement) -> str:
    following = f" Next evaluation: {statement.next_evaluation}." if statement.next_evaluation else ""
    return (
        f"<footer>{escape(statement.title)}, version {statement.version}, as of {statement.as_of}, known at "
        f"{instant(statement.known_at)}.{following} Definition {statement.definition_hash[:12]}.</footer>"
    )
