"""Every route is sent what nobody thought of: no fault of ours, no reply that is not described."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from credence.server.app import now
from credence.server.services.access.scopes import SCOPES
from credence.server.services.tokens import hashed
from tests.server.harness import TABLES, numbers
from tests.server.served import served

# How many requests each route is sent by each kind of actor; a nightly run may say more.
CASES = int(os.environ.get("FUZZ_CASES", "3"))
# How long a reply may take, on a machine that does much else.
SECONDS = 120
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
KINDS = ("person", "partner", "furnisher", "operator")
EVERY: dict[str, dict[str, str]] = {"person": {}} | {str(kind): told for kind, told in SCOPES.items()}


ADD = """
INSERT INTO tokens (token_hash, key_id, actor, actor_id, scopes, made_at, ends_at, test)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def placed(query: str) -> str:
    """A query with asyncpg's places as psycopg writes them; each is used in order."""
    for number in range(9, 0, -1):
        query = query.replace(f"${number}", f"%(v{number})s")
    return query


@pytest.fixture
def keys(database: str) -> dict[str, str]:
    """A key for one of each kind, with all that such an actor may do."""
    made = {}
    with psycopg.connect(database, options="-c search_path=credence") as connection:
        for kind in KINDS:
            named = f"{kind[:3]}_{'0' * 26}"
            connection.execute(placed(TABLES[kind]), {"v1": named, "v2": now()})
            values: list[object] = [hashed(kind), f"key_{kind}", kind, named, sorted(EVERY[kind])]
            connection.execute(ADD, [*values, now(), now() + timedelta(days=1), False])
            made[kind] = kind
    return made


@pytest.fixture
def url(database: str, folder: Path, keys: dict[str, str]) -> Iterator[str]:
    with served(database, folder, rate_a_minute=10**9) as url:
        yield url


def test_no_route_fails_or_replies_what_is_not_described(url: str, keys: dict[str, str]) -> None:
    schema = schemathesis.openapi.from_url(f"{url}/v1/openapi.json", timeout=SECONDS)
    faults: dict[str, str] = {}
    for found in schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr] # a fault of the description ends the test
        for kind in operation.definition.raw.get("x-for", KINDS[:1]):
            for mode in schemathesis.GenerationMode:
                send(operation.as_strategy(generation_mode=mode), keys[kind], faults)
    assert faults == {}


def send(cases: SearchStrategy[Any], key: str, faults: dict[str, str]) -> None:
    """Send some cases with a key, and note by route what is wrong with a reply."""

    @settings(
        max_examples=CASES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(cases)
    def sent(case: Any) -> None:  # noqa: ANN401 - a case of Schemathesis
        headers = {"Authorization": f"Bearer {key}"}
        if case.method == "POST":
            headers["Idempotency-Key"] = f"fuzz-{next(numbers)}"
        reply = case.call(headers=headers, timeout=SECONDS)
        try:
            case.validate_response(reply, checks=CHECKS)
        except FailureGroup as failure:
            faults[f"{case.method} {case.path} {reply.status_code}"] = str(failure.exceptions[0])[:400]

    with suppress(Unsatisfiable):
        sent()
