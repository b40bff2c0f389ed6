"""Who can be signed in as in the demonstration, for its guide and for the terminal."""

from collections.abc import Callable
from typing import cast

from credence.cli.demo.place import Made
from credence.cli.demo.settling import MEMBERS, OPERATORS, PHONE
from credence.cli.output import say
from credence.lab.big_town.stories import load_stories
from credence.server.services.context import Kind
from credence.server.web.guide import Guide, Somebody

# In a few words, for the terminal.
ARE = {
    "amina": "settled", "lin": "a newcomer without a score", "rosa": "with a bill wrongly reported unpaid",
    "tomas": "who freezes his scores", "noor": "whom a bank looked up unasked",
    "rental": "at the car rental", "phone": "at City Phone, which sends bills",
    "mei": "an operator of the bureau", "oskar": "another operator, who approves",
}  # fmt: skip


def guide_of(made: Made, begin_anew: Callable[[], None]) -> Guide:
    """The guide of what was made."""
    stories = {story.person_id: story for story in load_stories()}
    names = {who: str(story.facts["name"]) for who, story in stories.items()}
    names |= MEMBERS | {who: name for who, (name, _) in OPERATORS.items()}
    people = {}
    for who in ARE:
        kind, key = made.seats[who]
        told = stories[who].told if who in stories else {}
        people[who] = Somebody(cast("Kind", kind), key, names[who], told)
    return Guide(people, {"phone": made.seats[PHONE][1]} | made.known_as, begin_anew)


def tell(url: str, guide: Guide) -> None:
    """Print where the demonstration is, and as whom anybody can sign in."""
    say(f"The demonstration is open. Everybody in it is made up.\n\n  {url}/demo\n")
    say("Sign in as:")
    for who, somebody in guide.people.items():
        say(f"  {f'{somebody.name}, {ARE[who]}':50}{url}/demo/as/{who}")
    say("\nCtrl-C ends it. It goes on where you left when you come again; its page begins anew, too.")
