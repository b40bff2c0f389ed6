"""What furnishers send is safe when it is acknowledged, and each row's fate is told in order."""

import json
from pathlib import Path

import pytest

from credence.server.jobs import receipts
from credence.server.services.people import pairwise
from tests.server.harness import bureau, run
from tests.server.sending import fault, outcomes, sending


def test_each_row_is_told_in_order_once_it_is_known(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            reply = await power.send(
                power.bill(1), power.bill(2), power.bill(2, 9), power.bill(3, kind="x.y")
            )
            receipt = reply.json()["receipt_id"]
            assert (reply.status_code, reply.headers["location"]) == (202, f"/v1/receipts/{receipt}")
            place = f"/v1/receipts/{receipt}"
            waiting = (await here.client.get(place, headers=power.headers)).json()
            assert (waiting["status"], waiting["rows"], waiting["results"]) == ("waiting", 4, None)
            assert power.events() == []
            assert await receipts.take(here.state, here.clock()) == 4
            done = (await here.client.get(place, headers=power.headers)).json()
            assert done["status"] == "done"
            assert outcomes(done["results"]) == ["accepted", "accepted", "conflict", "rejected"]
            assert done["counts"] == {"accepted": 2, "known": 0, "conflict": 1, "rejected": 1}
            assert [result["event_id"] for result in done["results"]] == ["p-1", "p-2", "p-2", "p-3"]
            assert done["results"][3]["errors"][0]["detail"] == "there is no kind 'x.y' in the vocabulary"
            assert sorted((e["event_id"], e["furnisher"]) for e in power.events()) == [
                ("p-1", power.furnisher.id), ("p-2", power.furnisher.id),
            ]  # fmt: skip
            here.clock.move(minutes=1)
            assert outcomes(await power.taken(power.bill(1), power.bill(2, 9))) == ["known", "conflict"]
            listed = (await here.client.get("/v1/receipts?limit=1", headers=power.headers)).json()
            assert [one["results"] for one in listed["data"]] == [None]
            older = f"/v1/receipts?cursor={listed['next_cursor']}"
            assert [
                one["receipt_id"]
                for one in (await here.client.get(older, headers=power.headers)).json()["data"]
            ] == [receipt]
            async with here.as_() as context:
                acts = await context.connection.fetch("SELECT what, actor_id FROM audit ORDER BY entry_id")
            assert [tuple(act.values()) for act in acts].count(("events.received", power.furnisher.id)) == 2
            assert [act["what"] for act in acts].count("events.taken") == 2

    run(work())


def test_lines_and_single_objects_are_taken_as_lists_are(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            lines = [json.dumps(power.bill(1)), "", "{torn", json.dumps(power.bill(2) | {"event_id": 7})]
            lines += [json.dumps(power.bill(3) | {"colour": "red"}), '["a list"]', json.dumps(power.bill(4))]
            headers = power.headers | {"Content-Type": "application/x-ndjson"}
            sent = await here.client.post("/v1/events", content="\n".join(lines), headers=headers)
            one = await here.client.post("/v1/events", json=power.bill(5), headers=power.headers)
            mixed = await power.send(power.bill(6), power.bill(7) | {"fields": {"days_late": [1]}})
            assert await receipts.take(here.state, here.clock()) == 9
            told = [
                (await here.client.get(reply.headers["location"], headers=power.headers)).json()["results"]
                for reply in (sent, one, mixed)
            ]
            assert outcomes(told[0]) == ["accepted", *["rejected"] * 4, "accepted"]
            assert [fault(result) for result in told[0][1:5]] == ["", "event_id", "", ""]
            assert told[0][3]["errors"][0]["detail"] == "Object contains unknown field 'colour'."
            assert (outcomes(told[1]), outcomes(told[2])) == (["accepted"], ["accepted", "rejected"])
            assert fault(told[2][1]) == "fields"

    run(work())


def test_a_dry_run_says_the_same_and_takes_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            await power.taken(power.bill(1))
            rows = [
                power.bill(1),
                power.bill(1, 3),
                power.bill(2),
                power.unpaid(3),
                power.bill(4, person="per_x"),
            ]
            tried = await power.send(*rows, params={"dry_run": "true"})
            assert (tried.status_code, tried.json()["receipt_id"]) == (200, None)
            told = tried.json()["results"]
            assert outcomes(told) == ["known", "conflict", "accepted", "accepted", "rejected"]
            assert len(power.events()) == 1
            assert await receipts.take(here.state, here.clock()) == 0
            assert await power.taken(*rows) == told

    run(work())


def test_what_is_no_events_at_all_is_refused_at_once(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            for form, body, status, code in (
                ("text/csv", b"a,b", 415, "unsupported_form"),
                ("application/json", b"[{", 422, "invalid_request"),
                ("application/json", b"what", 422, "invalid_request"),
                ("application/json", b"[]", 422, "invalid_request"),
                ("application/x-ndjson", b"\n\n", 422, "invalid_request"),
                ("application/json", b"[" + b"{}," * 10_000 + b"{}]", 422, "invalid_request"),
                ("application/x-ndjson", b" " * 32_000_001, 413, "too_large"),
            ):
                headers = power.headers | {"Content-Type": form}
                reply = await here.client.post("/v1/events", content=body, headers=headers)
                assert (reply.status_code, reply.json()["code"]) == (status, code), body[:20]

    run(work())


def test_only_a_furnisher_with_the_scope_sends_and_reads(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            reply = await power.send(power.bill(1))
            place = reply.headers["location"]
            _, partner = await here.party("partner", "events.write", "receipts.read")
            _, weak = await here.party("furnisher")
            for headers, status in (({}, 401), (partner, 403), (weak, 403)):
                sent = await here.client.post("/v1/events", json=[power.bill(1)], headers=headers)
                read = await here.client.get(place, headers=headers)
                assert (sent.status_code, read.status_code) == (status, status)
            assert (await here.client.get(place, headers=other.headers)).status_code == 404
            assert (await here.client.get("/v1/receipts", headers=other.headers)).json()["data"] == []

    run(work())


@pytest.mark.parametrize("gone", ["left_at", "erased_at"])
def test_nobody_is_known_who_left_or_whom_another_furnisher_knows(
    database: str, folder: Path, gone: str
) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            other = await sending(here)
            names = [other.person, power.ana.id, f"log-{power.ana.id}", "per_\0", "", None]
            rows = [power.bill(number, person=name) for number, name in enumerate(names)]
            told = await power.taken(*rows)
            assert outcomes(told) == ["rejected"] * 6
            assert {result["errors"][0]["field"] for result in told} == {"person"}
            assert outcomes(await power.taken(power.bill(7))) == ["accepted"]
            async with here.as_() as context:
                await context.connection.execute(f"UPDATE people SET {gone} = now()")
            assert outcomes(await power.taken(power.bill(8))) == ["rejected"]

    run(work())


def test_a_row_cannot_say_whose_it_is_nor_mark_as_the_bureau_does(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            await power.taken(power.unpaid(1))
            mark = {"fields": {"target": "p-1", "date": "2026-01-01"}, "kind": "mark.counts_from"}
            told = await power.taken(
                power.bill(2) | {"furnisher": "somebody"},
                power.bill(3, fields={"days_late": 0, "furnisher": "somebody"}),
                power.bill(4) | mark,
                power.bill(5, fields={"days_late": 0, "target": "p-1"}),
                {
                    "event_id": "p-6",
                    "person": power.person,
                    "kind": "mark.retracts",
                    "occurred_at": "2026-09-04",
                }
                | {"retracts": "p-1"},
            )
            assert outcomes(told) == [*["rejected"] * 4, "accepted"]
            assert [fault(result) for result in told[:4]] == ["", "furnisher", "kind", "target"]

    run(work())


def test_a_furnisher_sends_only_the_kinds_it_may(database: str, folder: Path) -> None:
    async def work() -> None:
        async with bureau(database, folder) as here:
            power = await sending(here)
            _, admin = await here.party("operator", "admin")
            place = f"/v1/furnishers/{power.furnisher.id}"
            said = await here.client.put(f"{place}/kinds", json={"kinds": ["bill.paid"]}, headers=admin)
            assert said.json() == {"kinds": ["bill.paid"]}
            told = await power.taken(power.bill(1), power.unpaid(2))
            assert (outcomes(told), fault(told[1])) == (["accepted", "rejected"], "kind")
            async with here.as_() as context:
                ben = await pairwise.known_as(context, power.furnisher.id, power.ana.id)
            assert ben == power.person

    run(work())
