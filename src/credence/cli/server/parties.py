"""credence operators, partners, furnishers: who may come to the bureau, for whoever runs it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from typer import Argument, Option, Typer

from credence.cli.output import check_readable, print_json, say
from credence.cli.server import members
from credence.cli.server.needs import AsJson, Data, Database, packages
from credence.errors import UsageError

if TYPE_CHECKING:
    from credence.server.services.context import Context
    from credence.server.settings import Settings

operators = Typer(no_args_is_help=True, help="Operators of the bureau.")
partners = Typer(no_args_is_help=True, help="Partners: they ask for scores.")
furnishers = Typer(no_args_is_help=True, help="Furnishers: they send events.")
partners.add_typer(members.group("partner"), name="members")
furnishers.add_typer(members.group("furnisher"), name="members")
Name = Annotated[str, Argument(help="Its name.")]
Key = Annotated[
    Path | None, Option("--key", metavar="FILE", help="A public key (JWK, on P-256) with which it signs.")
]
Scopes = Annotated[
    list[str] | None, Option("--scope", help="For what its key is; all that it may if not said.")
]


@operators.command("add")
def add_operator(
    name: Annotated[str, Argument(help="Their name.")],
    roles: Annotated[list[str], Option("--role", help="What they may do: admin, reviewer, risk, support.")],
    email: Annotated[
        str | None, Option("--email", metavar="ADDRESS", help="Where they are told that something waits.")
    ] = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add an operator, and print the secret with which they register a passkey once, within a day."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.keys import FILE, load_keys  # noqa: PLC0415
        from credence.server.services.access import operators  # noqa: PLC0415

    settings = settings_of(data, database)

    async def added(context: "Context") -> tuple[str, str]:
        return await operators.invite(context, load_keys(settings.data / FILE), name, roles, email)

    _tell_link(settings, name, act(settings, added), as_json=as_json)


@operators.command("email")
def set_email(
    name: Annotated[str, Argument(help="Their name.")],
    email: Annotated[str, Argument(metavar="[ADDRESS]", help="Their mail address; none if not said.")] = "",
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Have an operator told by mail that something waits for them, or no more."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.keys import FILE, load_keys  # noqa: PLC0415
        from credence.server.services.access import operators, parties  # noqa: PLC0415

    settings = settings_of(data, database)

    async def kept(context: "Context") -> str:
        operator = await parties.operator_named(context, name)
        await operators.set_mail(context, load_keys(settings.data / FILE), operator, email)
        return operator

    found, what = act(settings, kept), "is told by mail what waits" if email else "gets no mails any more"
    print_json({"id": found}) if as_json else say(f"{name} {what}.")


@operators.command("link")
def link(
    name: Annotated[str, Argument(help="Their name.")],
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Print another secret for an operator, who lost what they signed in with or never came."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.services.access import parties  # noqa: PLC0415

    async def made(context: "Context") -> tuple[str, str]:
        operator = await parties.operator_named(context, name)
        return operator, await parties.sign_in_link(context, operator)

    settings = settings_of(data, database)
    _tell_link(settings, name, act(settings, made), as_json=as_json)


def _tell_link(settings: "Settings", name: str, made: tuple[str, str], *, as_json: bool) -> None:
    (operator, secret), place = made, f"{settings.public_url}/v1/operators"
    # A secret alone signs in nobody but in a sandbox.
    sign_in = f"{place}/sign-in" if settings.sandbox else None
    register = f"{place}/passkey/options"
    if as_json:
        print_json({"id": operator, "register": register, "sign_in": sign_in, "secret": secret})
        return
    say(f"{name} is operator {operator}. Within a day they register a passkey with a secret, once: {secret}")
    say(f"  {register}")
    if sign_in:
        say("In this sandbox it signs in alone, too:")
        say(f"""  curl -c cookies.txt {sign_in} --json '{{"secret": "{secret}"}}'""")


@partners.command("add")
def add_partner(
    name: Name,
    purposes: Annotated[list[str], Option("--purpose", help="For what it may ask; may be said again.")],
    key: Key = None,
    scopes: Scopes = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add a partner; in a sandbox with a simple key, which is shown once."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.services.access import parties  # noqa: PLC0415

    jwk = _read(key)

    async def added(context: "Context") -> "parties.Added":
        return await parties.add_program(context, "partner", (name, purposes), (jwk, scopes or []))

    _tell(name, act(settings_of(data, database), added), as_json=as_json)


@furnishers.command("add")
def add_furnisher(
    name: Name,
    kinds: Annotated[
        list[str] | None, Option("--kind", help="What kinds of events it may send; all if not said.")
    ] = None,
    key: Key = None,
    scopes: Scopes = None,
    data: Data = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add a furnisher; in a sandbox with a simple key, which is shown once."""
    with packages():
        from credence.cli.server.database import act, settings_of  # noqa: PLC0415
        from credence.server.services.access import parties  # noqa: PLC0415

    jwk = _read(key)

    async def added(context: "Context") -> "parties.Added":
        return await parties.add_program(context, "furnisher", (name, kinds or []), (jwk, scopes or []))

    _tell(name, act(settings_of(data, database), added), as_json=as_json)


def _read(key: Path | None) -> dict[str, Any] | None:
    if key is None:
        return None
    check_readable("--key", key)
    try:
        return msgspec.json.decode(key.read_bytes(), type=dict[str, Any])
    except msgspec.MsgspecError:
        sentence = f"--key is {key}, which is no JSON object. It must be a public key as a JWK."
        raise UsageError(sentence) from None


def _tell(name: str, added: Any, *, as_json: bool) -> None:  # noqa: ANN401 - its class is loaded late
    if as_json:
        print_json({"id": added.id, "key_id": added.key_id, "test_key": added.test_key})
        return
    say(f"{name} is {added.id}.")
    if added.key_id:
        say(f"It signs with key {added.key_id}.")
    if added.test_key:
        say(f"Its test key, shown once: {added.test_key}")
    if not (added.key_id or added.test_key):
        say("It has no key yet: an operator registers its public key, or say --key FILE.")
