"""Two operators who let readers have a run, for tests that load runs by the job."""

from credence.server.services.operating import releases
from tests.server.harness import Bureau


async def let_readers_have(here: Bureau, run: str) -> None:
    """One operator proposes a run, another approves it; the job loads it next."""
    (ada, _), (bo, _) = await here.party("operator", "risk"), await here.party("operator", "risk")
    async with here.as_(ada) as context:
        proposal = await releases.propose(context, run)
    async with here.as_(bo) as context:
        await releases.approve(context, proposal)
