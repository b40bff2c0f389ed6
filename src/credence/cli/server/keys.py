"""credence keys: the bureau's master keys, changed while it runs."""

import asyncio
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Typer

from credence.cli.output import print_json, say
from credence.cli.server.needs import AsJson, Data, Database, packages
from credence.errors import UsageError

if TYPE_CHECKING:
    from credence.server.services.context import Context
    from credence.server.settings import Settings

keys = Typer(no_args_is_help=True, help="The bureau's master keys, changed while it runs.")
Master = Annotated[str, Argument(metavar="KEY", help="Its id, like k2.")]


@keys.command("list")
def list_keys(data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """Show the master keys by id, which of them is in use, and how many keys of people each one wraps."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.keys import FILE, load_keys  # noqa: PLC0415
        from credence.server.services.people import vault  # noqa: PLC0415

    settings = settings_of(data, database)
    wraps = act(settings, vault.wrapped)
    held = load_keys(settings.data / FILE)
    rows = [
        {"key": name, "in_use": name == held.current, "wraps": wraps.get(name, 0)} for name in held.masters
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(f"{row['key']}  wraps {row['wraps']:,}{', in use' if row['in_use'] else ''}")


@keys.command("add")
def add(data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """Add a master key, which wraps nothing yet."""
    with packages():
        from credence.cli.server.database import settings_of  # noqa: PLC0415
        from credence.server.keys import FILE, add_master  # noqa: PLC0415

    settings = settings_of(data, database)
    made = add_master(settings.data / FILE)
    _note(settings, "master_key.added", made)
    if as_json:
        print_json({"key": made})
        return
    say(f"{made} is there. Back up keys.json, then begin to use it: credence keys use {made}")


@keys.command("use")
def use(key: Master, data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """Encrypt under a master key from now on; a job wraps anew what others wrap."""
    with packages():
        from credence.cli.server.database import settings_of  # noqa: PLC0415
        from credence.server.keys import FILE, use_master  # noqa: PLC0415

    settings = settings_of(data, database)
    use_master(settings.data / FILE, key)
    _note(settings, "master_key.used", key)
    if as_json:
        print_json({"key": key})
        return
    say(f"{key} is in use. A job wraps the rest within minutes, or at once: credence keys wrap")


@keys.command("wrap")
def wrap(data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """Wrap anew now what other master keys wrap than the one in use; everybody else goes on."""
    with packages():
        from credence.cli.server import database as place  # noqa: PLC0415
        from credence.server.app import bureau_state  # noqa: PLC0415
        from credence.server.jobs.people import wrap_keys  # noqa: PLC0415

    settings = place.settings_of(data, database)

    async def wrapped(url: str) -> int:
        async with bureau_state(settings, url) as state:
            return await wrap_keys(state, state.clock())

    with place.database(settings) as url:
        done = asyncio.run(wrapped(url))
    if as_json:
        print_json({"wrapped": done})
        return
    say(f"{done:,} keys were wrapped anew.")


@keys.command("retire")
def retire(key: Master, data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
    """Take a master key that wraps nothing any more out of keys.json, for ever."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.keys import FILE, remove_master  # noqa: PLC0415
        from credence.server.services.people import vault  # noqa: PLC0415

    settings = settings_of(data, database)
    wraps = act(settings, vault.wrapped).get(key, 0)
    if wraps:
        sentence = (
            f"'{key}' wraps {wraps:,} keys still. Wrap them with the one in use first: 'credence keys wrap'."
        )
        raise UsageError(sentence)
    remove_master(settings.data / FILE, key)
    _note(settings, "master_key.retired", key)
    if as_json:
        print_json({"key": key})
        return
    say(f"{key} is gone. Older backups of the database are read with a keys.json of their time.")


def _note(settings: "Settings", what: str, key: str) -> None:
    """Record in the audit that a key was changed."""
    with packages():
        from credence.cli.server.database import act  # noqa: PLC0415
        from credence.server.services import audit  # noqa: PLC0415

    async def noted(context: "Context") -> None:
        await audit.record(context, what, key=key)

    act(settings, noted)
