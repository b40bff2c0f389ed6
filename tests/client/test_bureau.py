"""A program speaks to a real bureau over a real socket; what is refused is raised."""

from pathlib import Path

import httpx
import psycopg
import pytest

from credence.client import Client, NotReachedError, ProblemError, SandboxKey, SigningKey, new_key
from tests.server.served import served

ADD = "INSERT INTO credence.partners VALUES ('par_flats', 'Flats', '{rental_deposit}', now(), NULL)"
ADD_KEY = "INSERT INTO credence.public_keys VALUES (%s, 'partner', 'par_flats', %s, %s, now(), NULL)"


def flats(database: str, folder: Path) -> SigningKey:
    """A partner whose public key is known to the bureau."""
    folder.mkdir(parents=True, exist_ok=True)
    public = new_key(folder / "key.json")
    key = SigningKey.read(folder / "key.json", "par_flats", "http://127.0.0.1:0")
    assert key.public == public
    with psycopg.connect(database) as connection:
        connection.execute(ADD)
        values = key.key.thumbprint(), psycopg.types.json.Json(public), ["feed.read", "scores.read"]
        connection.execute(ADD_KEY, values)
    return key


def test_a_partner_signs_asks_and_is_refused_in_words(database: str, folder: Path) -> None:
    key = flats(database, folder)
    with served(database, folder) as url:
        # The bureau calls itself by its public address, and is reached by another: as behind a proxy.
        to_socket = httpx.Client(event_hooks={"request": [lambda request: _to(request, url)]})
        with Client("http://127.0.0.1:0", key, to_socket) as bureau:
            assert bureau.whoami()["id"] == "par_flats"
            assert list(bureau.feed()) == []
            with pytest.raises(ProblemError) as refused:
                bureau.ask(
                    person="per_00000000000000000000000000",
                    purpose="rental_deposit",
                    scorecard="everyday",
                    at_least=650,
                )
            assert (refused.value.status, refused.value.code) == (403, "consent_missing")
            assert refused.value.request_id.startswith("req_")
            with pytest.raises(ProblemError) as lacking:
                bureau.send_events([{"event_id": "a"}])
            assert lacking.value.code == "not_allowed"
            with pytest.raises(ProblemError) as lacking:
                bureau.decide(person="per_nobody")
            assert lacking.value.status in (403, 422)
            with pytest.raises(ProblemError):
                bureau.receipt("rcp_none")
        with (
            Client(url, SandboxKey("test_none")) as bureau,
            pytest.raises(ProblemError, match="not_signed_in"),
        ):
            bureau.whoami()


def _to(request: httpx.Request, url: str) -> None:
    request.url = httpx.URL(url).copy_with(raw_path=request.url.raw_path)


def test_what_may_work_later_is_sent_again_with_the_same_key() -> None:
    keys: list[str] = []
    waited: list[float] = []
    replies = [
        httpx.Response(503, json={"code": "unavailable"}, headers={"Retry-After": "5"}),
        httpx.Response(409, json={"code": "in_flight"}),
        httpx.Response(204),
    ]

    def reply(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        return replies[len(keys) - 1]

    with Client(
        "http://b", SandboxKey("x"), httpx.Client(transport=httpx.MockTransport(reply)), waited.append
    ) as it:
        assert it.post("/v1/keys", {}) == {}
    assert (len(keys), len(set(keys)), waited) == (3, 1, [5.0, 1.0])


def test_it_gives_up_after_some_tries_and_says_so_where_there_is_no_bureau() -> None:
    waited: list[float] = []
    busy = httpx.MockTransport(lambda _: httpx.Response(429, json={"code": "rate_limited", "errors": []}))
    with (
        Client("http://b", SandboxKey("x"), httpx.Client(transport=busy), waited.append) as it,
        pytest.raises(ProblemError, match="rate_limited"),
    ):
        it.whoami()
    assert len(waited) == 3
    page = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))
    with (
        Client("http://b", SandboxKey("x"), httpx.Client(transport=page)) as it,
        pytest.raises(NotReachedError),
    ):
        it.whoami()
    with (
        Client("http://127.0.0.1:9", SandboxKey("x")) as it,
        pytest.raises(NotReachedError, match=r"127\.0\.0\.1:9"),
    ):
        it.whoami()


def test_the_feed_is_read_to_its_end() -> None:
    def reply(request: httpx.Request) -> httpx.Response:
        after = int(request.url.params["after"])
        return httpx.Response(
            200, json={"data": [{"n": after}] if after < 2 else [], "next_cursor": str(after + 1)}
        )

    with Client("http://b", SandboxKey("x"), httpx.Client(transport=httpx.MockTransport(reply))) as it:
        assert [one["n"] for one in it.feed()] == [0, 1]
