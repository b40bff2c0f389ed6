"""Furnishers by the names that people know them by, beside the ids that the log has."""

from collections.abc import Iterable, Mapping
from typing import Any

from credence.server.services.context import Context

# What is contested may also be a look of a partner's.
NAMES = """
SELECT furnisher_id, name FROM furnishers WHERE furnisher_id = ANY($1)
UNION ALL SELECT partner_id, name FROM partners WHERE partner_id = ANY($1)
"""
ONE, SOME = "furnisher", "furnishers"


async def names_of(context: Context, ids: Iterable[str]) -> dict[str, str]:
    """The names of furnishers by their ids; one that the bureau does not know goes by its id."""
    wanted = sorted(set(ids))
    system = await context.as_system()
    rows = await system.connection.fetch(NAMES, wanted) if wanted else []
    await context.back()
    return dict(zip(wanted, wanted, strict=True)) | {row["furnisher_id"]: row["name"] for row in rows}


async def with_names(context: Context, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with `furnisher_name` beside every `furnisher`, and `furnisher_names` beside `furnishers`."""
    names = await names_of(context, _ids(facts))
    named: dict[str, Any] = _named(facts, names)
    return named


def _ids(value: object) -> Iterable[str]:
    if isinstance(value, Mapping):
        yield from [value[ONE]] if isinstance(value.get(ONE), str) else []
        yield from value.get(SOME) or ()
    if isinstance(value, Mapping | list | tuple):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from _ids(part)


def _named(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever facts are made of
    if isinstance(value, list | tuple):
        return [_named(part, names) for part in value]
    if not isinstance(value, Mapping):
        return value
    found = {key: _named(part, names) for key, part in value.items()}
    if isinstance(value.get(ONE), str):
        found["furnisher_name"] = names[value[ONE]]
    if value.get(SOME):
        found["furnisher_names"] = [names[one] for one in value[SOME]]
    return found
