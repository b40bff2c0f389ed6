"""credence partners members, furnishers members: those who act for one at its pages."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from typer import Argument, Option, Typer

from credence.cli.output import print_json, say
from credence.cli.server.needs import AsJson, Data, Database, packages

if TYPE_CHECKING:
    from credence.server.services.context import Context
    from credence.server.settings import Settings

Party = Literal["partner", "furnisher"]
T = TypeVar("T")
Of = Annotated[str, Argument(metavar="NAME", help="The name of the partner or furnisher.")]
Member = Annotated[str, Argument(metavar="MEMBER", help="Their name.")]
Scopes = Annotated[list[str] | None, Option("--scope", help="What they may do; all if not said.")]


def group(party: Party) -> Typer:
    """The commands for the members of partners, or of furnishers."""
    commands = Typer(no_args_is_help=True, help=f"Those who act for a {party} at its pages.")

    @commands.command("add")
    def add(
        name: Of, member: Member, scopes: Scopes = None, data: Data = None, database: Database = None,
        as_json: AsJson = False,
    ) -> None:  # fmt: skip
        """Let somebody act for it, and print a link with which they register a passkey once, within a day."""
        with packages():
            from credence.cli.server.database import settings_of  # noqa: PLC0415
            from credence.server.services.access import members  # noqa: PLC0415

        async def added(context: "Context", party_id: str) -> tuple[str, str]:
            return await members.invite(context, (party, party_id), member, scopes or [])

        settings = settings_of(data, database)
        _tell_link(settings, member, _act(settings, party, name, added), as_json=as_json)

    @commands.command("link")
    def link(
        name: Of, member: Member, data: Data = None, database: Database = None, as_json: AsJson = False
    ) -> None:
        """Print another link for a member, who lost what they signed in with or never came."""
        with packages():
            from credence.cli.server.database import settings_of  # noqa: PLC0415
            from credence.server.services.access import members  # noqa: PLC0415

        async def made(context: "Context", party_id: str) -> tuple[str, str]:
            found = await members.named(context, (party, party_id), member)
            return found, await members.invite_again(context, (party, party_id), found)

        settings = settings_of(data, database)
        _tell_link(settings, member, _act(settings, party, name, made), as_json=as_json)

    _add_list(commands, party)
    _add_end(commands, party)
    return commands


def _add_list(commands: Typer, party: Party) -> None:
    @commands.command("list")
    def list_(name: Of, data: Data = None, database: Database = None, as_json: AsJson = False) -> None:
        """Say who acts for it, and who did."""
        with packages():
            from credence.cli.server.database import settings_of  # noqa: PLC0415
            from credence.server.services.access import members  # noqa: PLC0415

        async def listed(context: "Context", party_id: str) -> list[dict[str, object]]:
            rows = await members.listed(context, (party, party_id))
            return [{"scopes" if key == "has" else key: row[key] for key in row.keys()} for row in rows]  # noqa: SIM118 - a row has no other way

        found = _act(settings_of(data, database), party, name, listed)
        if as_json:
            print_json(found)
            return
        for one in found:
            say(
                f"{one['name']} ({one['id']}), " + ("left" if one["ended_at"] else f"since {one['added_at']}")
            )


def _add_end(commands: Typer, party: Party) -> None:
    @commands.command("end")
    def end(
        name: Of, member: Member, data: Data = None, database: Database = None, as_json: AsJson = False
    ) -> None:
        """Let somebody act for it no more; their sessions, passkeys and links end at once."""
        with packages():
            from credence.cli.server.database import settings_of  # noqa: PLC0415
            from credence.server.services.access import members  # noqa: PLC0415

        async def ended(context: "Context", party_id: str) -> str:
            found = await members.named(context, (party, party_id), member)
            await members.end(context, (party, party_id), found)
            return found

        found = _act(settings_of(data, database), party, name, ended)
        print_json({"id": found}) if as_json else say(f"{member} acts for {name} no more.")


def _act(settings: "Settings", party: Party, name: str, work: Callable[["Context", str], Awaitable[T]]) -> T:
    """Do something for the partner or furnisher of a name."""
    with packages():
        from credence.cli.server.database import act  # noqa: PLC0415
        from credence.server.services.access import parties  # noqa: PLC0415

    async def worked(context: "Context") -> T:
        return await work(context, await parties.named(context, party, name))

    return act(settings, worked)


def _tell_link(settings: "Settings", name: str, made: tuple[str, str], *, as_json: bool) -> None:
    (member, secret), link = made, f"{settings.public_url}/enter/{made[1]}"
    if as_json:
        print_json({"id": member, "link": link, "secret": secret})
        return
    say(f"{name} is member {member}. Within a day they register a passkey, once, at:")
    say(f"  {link}")
