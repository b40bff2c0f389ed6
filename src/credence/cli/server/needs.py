"""What the commands of the bureau share: their options, and a sentence where its packages are missing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from typer import Option

from credence.errors import ServerExtraMissingError

Data = Annotated[
    Path | None, Option("--data", metavar="DIR", help="The bureau's folder; CREDENCE_DATA if not said.")
]
Database = Annotated[
    str | None, Option("--database", metavar="URL", help="A PostgreSQL; the embedded one if not said.")
]
AsJson = Annotated[bool, Option("--json", help="Print JSON for programs.")]


@contextmanager
def packages() -> Iterator[None]:
    """Import what needs the packages of the bureau within this.

    Raises:
        ServerExtraMissingError: One of them is not installed.
    """
    # Nothing of what is loaded is garbage, and to look for some takes a fifth of the time.
    gc.disable()
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("credence"):
            raise
        raise ServerExtraMissingError(error.name or "") from None
    finally:
        gc.enable()
