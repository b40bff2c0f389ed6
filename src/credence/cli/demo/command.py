"""credence demo: a made-up town with a bureau of its own in the browser, or printed."""

from pathlib import Path
from typing import Annotated

from typer import Option

from credence.cli.demo.printed import printed
from credence.cli.output import say
from credence.cli.server.needs import packages
from credence.errors import ServerExtraMissingError

PEOPLE, SEED = 10_000, 20261106


def demo(
    folder: Annotated[Path, Option("--dir", help="Where everything that is made goes.")] = Path(
        "credence-demo"
    ),
    port: Annotated[
        int | None,
        Option(min=0, max=65535, help="On which port; 8000 if not said, or any where that one is taken."),
    ] = None,
    people: Annotated[int, Option(min=1, max=999_999, help="How many people live in the town.")] = PEOPLE,
    only_print: Annotated[
        bool, Option("--print", help="Only score a small town, and print the statements of three people.")
    ] = False,
) -> None:
    """Open a bureau over a made-up town in the browser, with everybody's pages and a guide."""
    if only_print:
        printed(folder)
        return
    try:
        with packages():
            from credence.cli.demo import launch  # noqa: PLC0415
    except ServerExtraMissingError as error:
        say(f"{error}\nUntil then, the demonstration is printed.\n")
        printed(folder)
        return
    launch.open_house(folder, (people, SEED), port)
