"""Disputes over the API: who may open, see and answer them, and what each step does."""

import json
import re
from pathlib import Path

from credence.server.services.context import Kind
from credence.server.services.people import known_as
from tests.server.harness import run
from tests.server.services.contesting.case import LINE, Case, case

HOW_TO = Path(__file__).parents[4] / "docs/how-to/answer-a-dispute.md"
# A command of the how-to: its path, and what it sends.
COMMAND = re.compile(r"\$BUREAU/v1(/[^\"]+)\"(?:(?!```).)*--json '([^']+)'", re.DOTALL)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def test_a_dispute_on_a_line_takes_the_events_behind_it_and_deleting_them_gives_the_points_back(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2")
            body = {"line": LINE, "reason": "not_mine", "text": "I never had this account."}
            opened = await one.ask("person", "POST", "/disputes", json=body)
            dispute = opened["dispute_id"]
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert sorted(item["event_id"] for item in shown["items"]) == ["e1", "e2"]
            assert (shown["tell_by"], shown["due_on"]) == ("2026-11-16", "2026-12-04")
            assert shown["line"] == LINE
            assert shown["text"] == "I never had this account."
            assert shown["if_silent"] == "What has no answer on 2026-12-04 is deleted."
            previews = await one.ask("person", "GET", f"/disputes/{dispute}/preview")
            assert previews == [
                {"scorecard": "suining", "as_of": "2026-11-06", "now": 1000, "if_deleted": 1000,
                 "if_it_stays": 940},
            ]  # fmt: skip
            one.here.clock.move(days=2)
            assert await one.answer("furnisher", dispute, "deleted", checked=["The contract"]) == "open"
            second = shown["items"][1]["item_id"]
            verified = {"item_id": second, "outcome": "verified", "note": "It is signed."}
            await one.ask("furnisher", "POST", f"/disputes/{dispute}/answers", json=verified)
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert (shown["state"], shown["outcome"]) == ("closed", "modified")
            assert shown["results_by"] == "2026-11-16"
            assert [item["answer"] for item in shown["items"]] == ["deleted", "verified"]
            assert [item["checked"] for item in shown["items"]] == [["The contract"], []]
            assert shown["items"][1]["note"] == "It is signed."
            assert [step["what"] for step in shown["timeline"]] == [
                "opened", "furnisher_told", "suspended", "answered", "answered", "decided",
            ]  # fmt: skip
            assert await one.score(dispute) == 970

    run(work())


def test_each_sees_what_is_theirs_and_others_learn_nothing(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", text="Not mine.")
            path = f"/disputes/{dispute}"
            kinds: tuple[Kind, ...] = ("person", "furnisher", "operator")
            for kind in kinds:
                scopes = {"furnisher": ["disputes.read"], "operator": ["reviewer"]}.get(kind, [])
                _, one.headers["stranger"] = await one.here.party(kind, *scopes)
                seen = kind == "operator"
                if not seen:
                    assert await one.refused("stranger", "GET", path) == (404, "not_found")
                    assert (await one.ask("stranger", "GET", "/disputes"))["data"] == []
            one.headers["nobody"] = {}
            assert await one.refused("nobody", "GET", path) == (401, "not_signed_in")
            _, one.headers["partner"] = await one.here.party("partner", "scores.read")
            assert await one.refused("partner", "GET", path) == (403, "not_allowed")
            _, one.headers["keyless"] = await one.here.party("furnisher")
            assert await one.refused("keyless", "GET", path) == (403, "not_allowed")
            mine = (await one.ask("person", "GET", "/disputes"))["data"]
            assert [found["dispute_id"] for found in mine] == [dispute]
            theirs = (await one.ask("furnisher", "GET", "/disputes"))["data"]
            assert theirs[0]["text"] == "Not mine."
            assert theirs[0]["person"] not in (None, one.person.id)
            reviewers = (await one.ask("reviewer", "GET", "/disputes"))["data"]
            assert reviewers == []
            timeline = (await one.ask("person", "GET", path))["timeline"]
            assert timeline[-1]["what"] == "furnisher_looked"

    run(work())


def test_a_furnisher_sees_only_its_own_events_of_a_dispute_and_the_bureau_answers_for_nobodys(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            await one.have("x1", furnisher="imported")
            body = {"line": LINE, "reason": "amount"}
            dispute = (await one.ask("person", "POST", "/disputes", json=body))["dispute_id"]
            seen = await one.ask("furnisher", "GET", f"/disputes/{dispute}")
            assert [item["event_id"] for item in seen["items"]] == ["e1"]
            items = (await one.ask("reviewer", "GET", "/disputes"))["data"][0]["items"]
            others = next(item["item_id"] for item in items if item["event_id"] == "x1")
            gone = {"item_id": others, "outcome": "unverifiable"}
            answers = f"/disputes/{dispute}/answers"
            assert await one.refused("furnisher", "POST", answers, json=gone) == (404, "not_found")
            assert (await one.ask("reviewer", "POST", answers, json=gone))["state"] == "open"
            assert await one.refused("reviewer", "POST", answers, json=gone) == (409, "conflict")
            assert (await one.ask("reviewer", "GET", "/disputes"))["data"] == []

    run(work())


def test_what_is_contested_counts_on_where_the_law_has_it_so(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", "dates")
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert shown["items"][0]["counts"] is True
            assert await one.score(dispute) == 970

    run(work())


def test_a_dispute_that_cannot_be_is_refused_with_a_reason(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            await one.open("e1")
            again = {"event": one.event("e1"), "reason": "amount"}
            assert await one.refused("person", "POST", "/disputes", json=again) == (409, "conflict")
            line = LINE | {"characteristic": "elder_care"}
            for body, refused in (
                ({"event": one.event("nothing"), "reason": "amount"}, (404, "not_found")),
                ({"line": LINE | {"scorecard": "zhima"}, "reason": "amount"}, (404, "not_found")),
                ({"line": LINE | {"characteristic": "nothing"}, "reason": "amount"}, (404, "not_found")),
                ({"line": line, "reason": "amount"}, (422, "invalid_request")),
                ({"reason": "amount"}, (422, "invalid_request")),
                ({"line": LINE, "event": one.event("e1"), "reason": "amount"}, (422, "invalid_request")),
                ({"event": one.event("e1"), "reason": "because"}, (422, "invalid_request")),
            ):
                assert await one.refused("person", "POST", "/disputes", json=body) == refused
            _, one.headers["person"] = await one.here.party("person")
            unknown = {"line": LINE, "reason": "paid"}
            assert await one.refused("person", "POST", "/disputes", json=unknown) == (404, "not_found")

    run(work())


def test_a_modified_event_takes_the_place_of_the_old_one(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1")
            event = {"event_id": "e1-right", "kind": "repayment.made", "occurred_at": "2026-10-20"}
            body = {"item_id": await one.item(dispute), "outcome": "modified"}
            answers = f"/disputes/{dispute}/answers"
            for said in ({}, {"replacement": event}, {"replacement": event | {"person": "another"}}):
                refused = await one.refused("furnisher", "POST", answers, json=body | said)
                assert refused == (422, "invalid_request")
            paid = event | {"fields": {"account": "a1", "due_date": "2026-10-20", "days_late": 0}}
            assert await one.answer("furnisher", dispute, "modified", replacement=paid) == "closed"
            corrections = (await one.ask("person", "GET", "/corrections"))["data"]
            assert [(c["event_id"], c["replaced_by"], c["cause"]) for c in corrections] == [
                ("e1", "e1-right", "dispute")
            ]
            assert await one.score(dispute) == 1000

    run(work())


def test_a_reviewer_may_set_right_what_a_furnisher_sent(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1")
            right = {
                "event_id": "e1-right", "kind": "repayment.made", "occurred_at": "2026-10-20",
                "fields": {"account": "a1", "due_date": "2026-10-20", "days_late": 0},
            }  # fmt: skip
            assert await one.answer("reviewer", dispute, "modified", replacement=right) == "closed"
            assert await one.score(dispute) == 1000

    run(work())


def test_a_withdrawn_dispute_leaves_everything_as_it_was(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1")
            assert await one.score(dispute) == 1000
            await one.ask("person", "POST", f"/disputes/{dispute}/withdrawal")
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert (shown["state"], shown["outcome"], shown["if_silent"]) == ("closed", "withdrawn", "")
            assert await one.score(dispute) == 970
            again = f"/disputes/{dispute}/withdrawal"
            assert await one.refused("person", "POST", again) == (409, "conflict")
            assert await one.open("e1") != dispute

    run(work())


def test_information_gives_more_time_once_and_a_statement_waits_for_the_decision(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", text="First.")
            path = f"/disputes/{dispute}"
            assert await one.refused("person", "PUT", f"{path}/statement", json={"text": "No."}) == (
                409, "conflict",
            )  # fmt: skip
            one.here.clock.move(hours=1)
            for text in ("Second.", "Third."):
                await one.ask("person", "POST", f"{path}/information", json={"text": text})
            shown = await one.ask("person", "GET", path)
            assert (shown["text"], shown["due_on"]) == ("First.\n\nSecond.\n\nThird.", "2026-12-21")
            assert [step["what"] for step in shown["timeline"]].count("extended") == 1
            await one.answer("furnisher", dispute, "verified")
            long = {"text": "word " * 101}
            assert await one.refused("person", "PUT", f"{path}/statement", json=long) == (
                422, "invalid_request",
            )  # fmt: skip
            await one.ask("person", "PUT", f"{path}/statement", json={"text": "I do not agree."})
            assert (await one.ask("person", "GET", path))["statement"] == "I do not agree."
            await one.ask("person", "PUT", f"{path}/statement", json={"text": ""})
            assert (await one.ask("person", "GET", path))["statement"] == ""

    run(work())


def test_files_are_known_by_content_and_the_person_sees_when_they_were_opened(
    database: str, folder: Path
) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1")
            path = f"/disputes/{dispute}/files"
            for content in (b"", b"MZ\x90\x00", bytes(10_000_001), b"text\x00"):
                refused = await one.refused("person", "POST", path, files={"file": ("slip.png", content)})
                assert refused == (422, "invalid_request")
            added = await one.ask("person", "POST", path, files={"file": ("slip.exe", PNG)})
            file = added["file_id"]
            assert PNG not in b"".join(p.read_bytes() for p in (folder / "evidence").iterdir())
            await opened_by(one, f"{path}/{file}", "person")
            assert await one.refused("person", "GET", f"{path}/evd_0") == (404, "not_found")
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert [(f["media_type"], f["opened_at"]) for f in shown["files"]] == [("image/png", None)]
            await opened_by(one, f"{path}/{file}", "furnisher")
            await opened_by(one, f"{path}/{file}", "reviewer")
            shown = await one.ask("person", "GET", f"/disputes/{dispute}")
            assert shown["files"][0]["opened_at"] is not None
            assert [step["what"] for step in shown["timeline"]].count("file_opened") == 1
            for _ in range(9):
                await one.ask("person", "POST", path, files={"file": ("a", b"text")})
            assert await one.refused("person", "POST", path, files={"file": ("a", b"b")}) == (
                409, "conflict",
            )  # fmt: skip

    run(work())


async def opened_by(one: Case, path: str, who: str) -> None:
    reply = await one.here.client.get(f"/v1{path}", headers=one.headers[who])
    assert (reply.content, reply.headers["content-type"]) == (PNG, "image/png")
    assert reply.headers["content-disposition"] == "attachment"


def test_every_act_stands_in_the_audit_and_says_nothing_personal(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1")
            dispute = await one.open("e1", text="My sister's account.")
            await one.answer("furnisher", dispute, "deleted")
            async with one.here.as_() as context:
                rows = await context.connection.fetch("SELECT what, actor, details FROM audit ORDER BY 1")
            acts = {row["what"]: row["actor"] for row in rows}
            assert acts["dispute.opened"] == "person"
            assert (
                acts["dispute.answered"] == acts["dispute.closed"] == acts["event.corrected"] == "furnisher"
            )
            assert "sister" not in str([row["details"] for row in rows])
            reasons = await one.ask("person", "GET", "/dispute-reasons")
            assert {"reason": "not_mine", "title": "This is not mine", "code": "001"} in reasons

    run(work())


def test_what_the_how_to_shows_is_taken(database: str, folder: Path) -> None:
    async def work() -> None:
        async with case(database, folder) as one:
            await one.have("e1", "e2", "e3", "inst-7")
            _, one.headers["partner"] = await one.here.party("partner", "webhooks.write")
            async with one.here.as_(one.furnisher) as context:
                person = await known_as(context, one.furnisher.id, one.person.id)
            shown = COMMAND.findall(HOW_TO.read_text(encoding="utf-8"))
            assert len(shown) == 6
            disputes = [await one.open(name) for name in ("e1", "e2", "e3")]
            for (path, body), dispute in zip(shown, [*disputes, "", "", ""], strict=True):
                item = await one.item(dispute) if dispute else ""
                sent = body.replace("$ITEM", item).replace("$PERSON", person)
                who = "partner" if "webhook" in path else "furnisher"
                who = "reviewer" if "frivolous" in path else who
                await one.ask(who, "POST", path.replace("$DISPUTE", dispute), json=json.loads(sent))
            outcomes = [
                (await one.ask("person", "GET", f"/disputes/{dispute}"))["outcome"] for dispute in disputes
            ]
            assert outcomes == ["verified", "modified", "frivolous"]

    run(work())
