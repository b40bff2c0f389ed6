"""What a score would be is tried out exactly, and the ways to a higher band are told with what they need."""

import re
from pathlib import Path

from credence.scoring.what_if.plans import Plan, Plans
from credence.server.web.person.what_if import Planned, worded
from credence.server.web.person.words import PLAIN
from tests.server.harness import run
from tests.server.services.reading.world import World
from tests.server.web.person.explained import desk, explained

CARD = "scorecard=everyday"


def then(page: str) -> list[int]:
    """The scores now and then."""
    return [int(one) for one in re.findall(r"<dd><b>(\d+)</b>", page)]


async def look_for_plans(there: World) -> None:
    """The ways to a higher band."""
    ana, ben, cleo = (desk(there, name) for name in ("ana", "ben", "cleo"))
    plans = await ben.get(f"/me/plans?{CARD}&band=outstanding")
    assert "Your score would be" in plans
    assert "Ways to &#34;outstanding&#34;" in plans
    assert "once it is reported" in plans or "takes time" in plans
    assert "borrow" in plans
    assert "You are there already" in await ana.get("/me/plans?band=building")
    assert "has no band" in await ana.get("/me/plans?band=nonsense")
    assert "nothing to compare with" in await cleo.get("/me/plans?band=good")
    chinese = await desk(there, "ben", "zh").get(f"/me/plans?{CARD}&band=very good")
    assert "达到“优秀”的方法" in chinese
    assert "In one month, by" in plans
    bands = await ben.get("/me/what-if")
    assert "Keep the account from going below zero" in bands
    assert "for 0 days" not in bands
    assert f"/me/plans?{CARD}&amp;band=outstanding" in bands
    assert "核实您的地址" in await desk(there, "ana", "zh").get("/me/what-if")


def test_what_is_tried_out_gives_an_exact_score_and_changes_nothing(database: str, folder: Path) -> None:
    async def it() -> None:
        async with explained(database, folder) as there:
            ana, cleo = desk(there, "ana"), desk(there, "cleo")
            first = await ana.get("/me/what-if")
            assert "Choose something above" in first
            assert "checked" not in first
            assert "Have your address verified" in first
            assert "Close" not in first
            better = await ana.get("/me/what-if?move=address-1&months=1")
            now, later = then(better)
            assert later == now + 25
            assert "on 6 January 2027" in better
            back = await ana.get("/me/what-if?retract=power/u-1")
            assert then(back)[1] == now + 30 + 35
            assert 'value="power/u-1" checked' in back
            other = await ana.get("/me/what-if?retract=northgate/i-1")
            assert then(other)[1] == now - 40
            assert "the thing that you chose" in other
            waiting = await ana.get("/me/what-if?months=12")
            assert then(waiting)[1] < now
            usual = await ana.get("/me/what-if?move=address-1&move=cover-1&move=cover-2")
            assert "on 6 January 2027" in usual
            assert "Nothing known is called" in await ana.get("/me/what-if?retract=power/nothing")
            assert then(await ana.get("/me/what-if?move=nonsense-1&months=1"))[0] == now
            assert "there is nothing to compare with" in await cleo.get("/me/what-if?months=3")
            assert then(await ana.get("/me/what-if")) == []
            await look_for_plans(there)

    run(it())


def test_a_goal_that_nothing_reaches_shows_what_comes_nearest() -> None:
    nearest = Plan(3, *[None] * 7)  # type: ignore[arg-type]
    assert Planned("x", "good", PLAIN, Plans(1, None, 9, (), nearest, proven=False), None).told == (nearest,)
    assert Planned("x", "good", PLAIN, Plans(9, None, 9, (), None, proven=True), None).told == ()
    assert Planned("x", "good", PLAIN, None, "why").told == ()


def test_a_move_names_its_account_and_its_money() -> None:
    said = worded({"account": "card", "balance": 12345, "currency": "EUR"})
    assert said == {"account": "card", "balance": "123.45 EUR", "cover_days": ""}
