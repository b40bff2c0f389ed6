"""What happened in the demonstration's bureau before anybody looks: scores, consents, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

from credence.cli.demo.settling import BANK, RENTAL, House
from credence.cli.demo.town import MINUTES, SCORECARD, at_night
from credence.runs.published import PublishedRun
from credence.server.jobs.publications import publish_runs
from credence.server.services.deciding import approvals, decisions, definitions, offers
from credence.server.services.deciding.application import Application
from credence.server.services.operating import releases
from credence.server.services.reading import asking
from credence.server.services.reading.consents import Wish
from credence.server.services.sharing import consents

POLICY, PURPOSE, LOAN = "town_car_rental", "rental_deposit", "small_loan"
OFFER, OFFER_LASTS = "A hired car without a deposit", timedelta(days=90)
# How long before the newest scores it happened.
GRANTED, LOOKED_UP = timedelta(days=20), timedelta(days=9)
HIRERS = ("amina", "rosa", "tomas")


@dataclass(frozen=True)
class Past:
    """The bureau, the published months, the earlier one first, and the present instant."""

    house: House
    months: Sequence[PublishedRun]
    now: datetime

    @property
    def scored_at(self) -> datetime:
        """When the newest scores were there."""
        return self.at(at_night(self.months[-1].manifest.as_of) + MINUTES)

    def at(self, instant: datetime) -> datetime:
        """An instant that has come."""
        return min(instant, self.now)


async def live_through(past: Past) -> dict[str, str]:
    """Let everything happen that happened before, each at its time; return whom the car rental knows how."""
    house, (earlier, newest) = past.house, past.months
    first = past.at(at_night(earlier.manifest.as_of) + MINUTES)
    named = await _policy(house, first)
    await _release(past, earlier, first)
    known = {who: await _grant(past, who, RENTAL, PURPOSE, GRANTED) for who in HIRERS}
    await _look_up(past, await _grant(past, "noor", BANK, LOAN, LOOKED_UP))
    await _release(past, newest, past.scored_at)
    await _offer(past, named)
    for who in ("amina", "rosa"):
        await _decide(past, named, known[who])
    return known


async def _release(past: Past, month: PublishedRun, now: datetime) -> None:
    """Let readers have a month's scores, which one operator proposes and the other approves."""
    house = past.house
    async with house.as_(house.actor("mei"), now) as context:
        proposed = await releases.propose(context, month.run)
    async with house.as_(house.actor("oskar"), now) as context:
        await releases.approve(context, proposed)
    await publish_runs(house.state, now)


async def _policy(house: House, now: datetime) -> str:
    """The car rental's policy, which one operator proposes and the other approves; its name and version."""
    text = files("credence.lab.big_town").joinpath("car_rental.yaml").read_text(encoding="utf-8")
    async with house.as_(house.actor(RENTAL), now) as context:
        added = await definitions.add(context, "policy", text)
    async with house.as_(house.actor("mei"), now) as context:
        proposed = await approvals.propose(context, house.state.settings.runs, added.definition_id)
    async with house.as_(house.actor("oskar"), now) as context:
        await approvals.approve(context, proposed.approval_id)
    return added.named


async def _grant(past: Past, who: str, partner: str, purpose: str, before: timedelta) -> str:
    """Somebody consents; return by what id the partner knows them."""
    house = past.house
    async with house.as_(house.actor(who), past.at(past.scored_at - before)) as context:
        wish = Wish(purpose, "score", SCORECARD)
        _, known_as = await consents.grant(context, house.actor(partner).id, wish)
    return known_as


async def _look_up(past: Past, known_as: str) -> None:
    """The bank looks somebody up for a loan."""
    house, wish = past.house, Wish(LOAN, "score", SCORECARD)
    async with house.as_(house.actor(BANK), past.at(past.scored_at - LOOKED_UP + MINUTES)) as context:
        await asking.ask(context, house.state.keys, house.state.log, known_as, wish, hard=True)


async def _offer(past: Past, named: str) -> None:
    today = past.scored_at.date()
    made = offers.New(named, OFFER, PURPOSE, today, today + OFFER_LASTS, sponsored=False)
    async with past.house.as_(past.house.actor(RENTAL), past.scored_at) as context:
        await offers.publish(context, made)


async def _decide(past: Past, named: str, known_as: str) -> None:
    """The car rental decides about a deposit."""
    house, asked = past.house, decisions.Asked(known_as, named, PURPOSE, Application({}, None, None, None))
    async with house.as_(house.actor(RENTAL), past.at(past.scored_at + timedelta(days=1))) as context:
        await decisions.decide(context, house.state.keys, house.state.log, asked)
