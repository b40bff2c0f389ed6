"""A statement for paper: the same lines as on its page, which add up to the same score."""

from collections.abc import Mapping
from datetime import UTC
from functools import partial

from credence.events.exports.facts import FURNISHER
from credence.scoring.statement import Statement, StatementLine, Wanting
from credence.server.services.deciding.letters.content import Letter, Part
from credence.server.web.forms import day, moment, signed
from credence.server.web.person.receipt import Group, receipt
from credence.server.web.person.words import Words, words_for
from credence.server.web.texts import say


def sheet(statement: Statement, names: Mapping[str, str], language: str, sender: str) -> Letter:
    """A statement as the parts of a letter.

    Args:
        statement: The statement.
        names: What furnishers are called, by their names in the log.
        language: `en` or `zh`.
        sender: Who sends it.
    """
    t, words = partial(say, language), words_for(language, statement)
    made_at = statement.known_at.replace(tzinfo=UTC)
    title = words.title or statement.title
    foot = t("score.foot", title=title, version=statement.version, day=day(statement.as_of, language))
    about = (t("lines.as_of", day=day(statement.as_of, language), moment=moment(made_at, language)), foot)
    return Letter(
        language, t("lines.statement"), sender, about, _parts(statement, words, names, language), made_at
    )


def _parts(statement: Statement, words: Words, names: Mapping[str, str], language: str) -> tuple[Part, ...]:
    t = partial(say, language)
    if statement.score is None:
        lacking = tuple(
            f"{words.reason(one)} {_known_and_needed(one, words, language)}" for one in statement.wanting
        )
        known = tuple(_row(line, words, names, language) for line in statement.lines)
        return Part("", (t("score.none"), t("score.none_lead")), lacking), Part(t("lines.asked"), rows=known)
    sums = receipt(statement)
    band = f" ({words.band(statement.band)})" if statement.band else ""
    groups = tuple(_group(group, words, names, language) for group in sums.groups)
    reasons = tuple(words.reason(reason) for reason in statement.reasons)
    return (
        Part("", (f"{t('score.total')}: {sums.total}{band}",), rows=((t("score.base"), str(sums.base)),)),
        *groups,
        Part(t("score.total"), rows=((t("lines.total"), str(sums.total)),)),
        *((Part(t("score.help"), points=reasons),) if reasons else ()),
    )


def _known_and_needed(one: Wanting, words: Words, language: str) -> str:
    known, needed = words.answer(one.known), words.answer(one.needed)
    return say(language, "score.known_needed", known=known, needed=needed)


def _group(group: Group, words: Words, names: Mapping[str, str], language: str) -> Part:
    heading = words.category(group.lines[0].category, group.title)
    rows = tuple(_row(line, words, names, language) for line in group.lines)
    return Part(f"{heading}: {signed(group.points)}", rows=rows)


def _row(line: StatementLine, words: Words, names: Mapping[str, str], language: str) -> tuple[str, str]:
    t = partial(say, language)
    said = [words.question(line.characteristic, line.question), words.answer(line.answer)]
    if line.furnishers:
        said.append(t("lines.who", who=", ".join(_who(one, names, language) for one in line.furnishers)))
    if line.ends_on is not None:
        said.append(t("lines.until", day=day(line.ends_on, language)))
    most = "" if line.points_most is None else t("lines.most", most=line.points_most)
    points = t("lines.no_points") if line.points is None else f"{signed(line.points)} {most}".strip()
    return "\n".join((said[0], " · ".join(said[1:]))), points


def _who(furnisher: str, names: Mapping[str, str], language: str) -> str:
    """What a furnisher is called; what somebody brought themselves is from them."""
    own, _, form = furnisher.rpartition(":")
    if own != FURNISHER.rstrip(":"):
        return names[furnisher]
    return say(language, "facts.you_from", form=say(language, f"facts.form_{form}"))
