"""Who is in the demonstration's bureau: its people, partners, furnishers and operators, and their ids."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from credence.lab.big_town.beside import Inhabitant
from credence.lab.big_town.stories import furnishers
from credence.server.database.pool import acting
from credence.server.ids import new_id
from credence.server.services.access import members, parties
from credence.server.services.context import SYSTEM, Actor, Context, Kind
from credence.server.services.people import enrolling
from credence.server.services.people.kinds import identifier
from credence.server.state import State

RENTAL, BANK, PHONE = "Harbour Cars", "Old Bank", "city-phone"
PARTNERS = {RENTAL: ["rental_deposit"], BANK: ["small_loan"]}
OPERATORS = {"mei": ("Mei Tan", ["admin", "risk", "support"]), "oskar": ("Oskar Lind", ["reviewer", "risk"])}
STORIES = frozenset({"amina", "lin", "rosa", "tomas", "noor"})
# Who acts for whom at the pages of a partner and of a furnisher.
MEMBERS = {"rental": "Vera Lopez", "phone": "Ilya Petrov"}


@dataclass(frozen=True)
class House:
    """The bureau while it is furnished, and whoever is in it: kind and id by name."""

    state: State
    seats: dict[str, tuple[Kind, str]] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Whoever has a name."""
        kind, key = self.seats[name]
        return Actor(kind, key)

    @asynccontextmanager
    async def as_(self, actor: Actor, now: datetime) -> AsyncIterator[Context]:
        """A transaction of somebody at an instant."""
        async with acting(self.state.pool, actor.setting) as connection:
            yield Context(actor, connection, now, new_id("req", now), self.state.settings)


def new_furnishers(now: datetime) -> dict[str, str]:
    """New ids for the town's furnishers, by the town's names."""
    return {name: new_id("fur", now) for name in furnishers()}


async def settle(house: House, people: Sequence[Inhabitant], given: Mapping[str, str], now: datetime) -> None:
    """Take everybody in.

    Args:
        house: The bureau.
        people: The town's people; the log knows them by their ids.
        given: The furnishers' ids by the town's names.
        now: When that is.
    """
    async with house.as_(SYSTEM, now) as context:
        for name, key in given.items():
            await parties.add_known(context, "furnisher", key, furnishers()[name]["en"], [])
        for name, purposes in PARTNERS.items():
            house.seats[name] = "partner", await parties.add(context, "partner", name, purposes)
        for key, (name, roles) in OPERATORS.items():
            house.seats[key] = "operator", await parties.add(context, "operator", name, roles)
        house.seats[PHONE] = "furnisher", given[PHONE]
        rental = await members.add(context, ("partner", house.actor(RENTAL).id), MEMBERS["rental"], [])
        phone = await members.add(context, ("furnisher", given[PHONE]), MEMBERS["phone"], [])
        house.seats["rental"], house.seats["phone"] = ("member", rental), ("member", phone)
        await _people(house, context, people)


async def _people(house: House, context: Context, people: Sequence[Inhabitant]) -> None:
    """Whoever has a story can be reached by mail; of the others nothing is known but what furnishers sent."""
    known = [one for one in people if one.person_id in STORIES]
    for one in known:
        mail = identifier("email", one.email)
        made = await enrolling.enrol(context, house.state.keys, [mail], one.language, one.person_id)
        house.seats[one.person_id] = "person", made
    others = [(one.person_id, one.language) for one in people if one.person_id not in STORIES]
    await enrolling.take_in(context, others)
