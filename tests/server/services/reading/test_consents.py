"""Nobody reads a score without a grant, and only consents make one."""

import ast
from pathlib import Path

import pytest

import credence
from credence.errors import ConsentMissingError, NoSuchThingError, NotAllowedError
from credence.server.services.context import SYSTEM
from credence.server.services.reading import consents, evaluations, freezes, scores
from tests.server.harness import run
from tests.server.services.reading.world import DAY, world

SOURCE = Path(credence.__file__).parent
NOBODY = "per_" + "0" * 26


def makers(path: Path) -> set[str]:
    """The module, if a grant is made in it, or made of another one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [call for call in calls if ast.unparse(call.func).endswith("Grant")]
    made += [
        call
        for call in calls
        if ast.unparse(call.func).endswith("replace")
        and call.args
        and isinstance(call.args[0], ast.Name | ast.Attribute)
        and ast.unparse(call.args[0]).endswith("grant")
    ]
    return {path.relative_to(SOURCE).as_posix()} if made else set()


def test_only_consents_make_grants() -> None:
    found: set[str] = set().union(*(makers(path) for path in SOURCE.rglob("*.py")))
    assert found == {"server/services/reading/consents.py"}


def test_a_grant_is_for_who_acts_and_for_one_scorecard(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            known = (await there.consent("ana"))["person"]
            partner, ana = there.partner[0], there.people["ana"][0]
            async with there.here.as_(partner) as context:
                found = await consents.for_partner(context, known, "rental_deposit", "band")
                assert (found.person_id, found.level, found.scorecard) == (ana.id, "band", "everyday")
                with pytest.raises(ConsentMissingError):
                    await scores.current(context, found, "suining")
                for refused in (consents.own(context), consents.for_operator(context, ana.id, "a reason")):
                    with pytest.raises(NotAllowedError):
                        await refused
            async with there.here.as_(ana) as context:
                with pytest.raises(NotAllowedError):
                    await consents.for_partner(context, known, "rental_deposit", "band")
                assert await freezes.is_frozen(context, ana.id) is False
            async with there.here.as_(SYSTEM) as context:
                with pytest.raises(NoSuchThingError):
                    await evaluations.again(context, there.here.state.log, NOBODY, "everyday", "why", DAY)

    run(work())


def test_who_left_is_read_by_nobody(database: str, folder: Path) -> None:
    async def work() -> None:
        async with world(database, folder) as there:
            known = (await there.consent("ana"))["person"]
            for change in ("left_at = now()", "left_at = NULL, erased_at = now()"):
                async with there.here.as_() as context:
                    update = f"UPDATE people SET {change} WHERE person_id = $1"
                    await context.connection.execute(update, there.people["ana"][0].id)
                assert (await there.ask(known)).json()["code"] == "consent_missing"
            async with there.here.as_(there.people["ana"][0]) as context:
                with pytest.raises(NoSuchThingError):
                    await consents.own(context)

    run(work())
