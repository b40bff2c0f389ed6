"""credence serve, credence worker: the bureau, and its jobs in a process of their own."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from credence.cli.output import print_json, say
from credence.cli.server.needs import AsJson, Data, Database, packages

if TYPE_CHECKING:
    from credence.server.settings import Settings


def serve(
    data: Data = None,
    database: Database = None,
    host: Annotated[str, Option(metavar="ADDRESS", help="On which address to listen.")] = "127.0.0.1",
    port: Annotated[int, Option(min=0, max=65535, help="On which port; 0 for any that is free.")] = 8000,
    jobs: Annotated[bool, Option(help="Whether this process does the jobs, too.")] = True,
    as_json: AsJson = False,
) -> None:
    """Run the bureau: its API, its jobs, and a PostgreSQL of its own if none is named."""
    with packages():
        from credence.cli.server import database as place  # noqa: PLC0415
        from credence.cli.server import launch  # noqa: PLC0415

    def said(settings: "Settings") -> None:
        url = settings.public_url
        if as_json:
            print_json({"url": url, "docs": f"{url}/v1/docs", "sandbox": settings.sandbox})
            return
        say(f"The bureau listens on {url}. Its API is described on {url}/v1/docs. Ctrl-C ends it.")
        if settings.sandbox:
            say("It is a sandbox: test keys are taken. It is for no real people.")

    launch.serve(place.settings_of(data, database), (host, port), said, jobs=jobs)


def worker(data: Data = None, database: Database = None) -> None:
    """Do the jobs of a bureau: notices, deliveries, clocks of disputes, publications."""
    with packages():
        from credence.cli.server import database as place  # noqa: PLC0415
        from credence.cli.server import launch  # noqa: PLC0415

    settings = place.settings_of(data, database)
    launch.work(
        settings,
        lambda: say("The worker is at work. Ctrl-C ends it."),
        lambda: say(f"The worker waits until 'credence serve' runs over {settings.data}."),
    )
