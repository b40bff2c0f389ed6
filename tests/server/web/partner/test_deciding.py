"""Deciding at a desk: by which policy, what it needs, and what was amiss."""

import html
from pathlib import Path

from tests.server.harness import run
from tests.server.services.deciding.house import BANDS
from tests.server.web.partner.desks import desk
from tests.server.web.person.visits import Visit

HERE = "/partner/decisions"
LISTED = """
name: listed
version: 1
title: A loan with a look at the court's list
scorecard: everyday@1
purpose: small_loan
lists: {court: {title: The court's list, context: public_record}}
columns: {town: {title: The town, type: text, context: payments}, amount: {title: Sum, context: payments}}
rows:
  - when:
      score: {at_least: 500}
      lists: {court: absent}
      columns: {town: {equals: Rome}, amount: {at_least: 1}}
    outcome: accept
    reason: You are on no list.
otherwise: {outcome: decline, reason: Not for you.}
unknown: {outcome: refer, reason: Something is not known.}
"""


def test_a_policy_is_chosen_then_decides_and_both_sides_see_it(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            assert "You have no published policy" in await d.visit.see(f"{HERE}/new")
            await d.house.publish()
            known = await d.known("ben")
            assert "deposit@1" in await d.visit.see(f"{HERE}/new?person={known}")
            form = await d.visit.html(f"{HERE}/new?policy=deposit%401&person={known}")
            assert f'value="{known}"' in form
            assert form.count("<option") == 1 + 5
            page = await d.visit.done(
                HERE, policy="deposit@1", person=known, purpose="rental_deposit", level="threshold"
            )
            assert "The person sees it with every clause" in page
            assert "Your score is less than 650" in page
            ben = Visit(d.here, d.world.people["ben"][1])
            assert "Against you" in await ben.see("/me/decisions")
            await d.visit.see(f"{HERE}/new?policy=other%401", 404)

    run(work())


def test_what_only_the_partner_knows_is_asked_for(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish(BANDS)
            await d.house.publish(LISTED)
            known = await d.known("ana", purpose="small_loan", level="statement")
            said = {"policy": "bands@1", "person": known, "purpose": "small_loan"}
            assert "Your income in a month" in await d.visit.see(f"{HERE}/new?policy=bands%401")
            for income, outcome in (
                ("1000", "In favour"), ("999.5", "Against"), ("", "Somebody looks at it"),
            ):  # fmt: skip
                page = await d.visit.done(HERE, **said, fact_income=income, reference="no-7")
                assert outcome in page
                assert "no-7" in page
            for amount, why in (
                ({"amount": "1200.5", "currency": "JPY"}, "is no amount in 'JPY'"),
                ({"amount": "12"}, "Say the currency"),
                ({"amount": "-1", "currency": "EUR"}, "is no amount in 'EUR'"),
            ):  # fmt: skip
                reply = await d.visit.send(HERE, **said, fact_income="1000", **amount)
                assert (reply.status_code, why in html.unescape(reply.text)) == (422, True)
                assert f'value="{amount["amount"]}"' in reply.text
            reply = await d.visit.send(HERE, **said, fact_income="a lot")
            assert (reply.status_code, "must be a number" in reply.text) == (422, True)
            assert 'value="a lot"' in reply.text

            said |= {"policy": "listed@1"}
            form = await d.visit.html(f"{HERE}/new?policy=listed%401")
            assert '<select id="fact_court"' in form
            assert 'id="fact_amount"' not in form
            facts = {"fact_court": "absent", "fact_town": "Rome"}
            page = await d.visit.done(HERE, **said, **facts, amount="1200.50", currency="eur")
            assert "Applied for 1,200.50 EUR" in page
            assert "You are on no list" in page

    run(work())


def test_without_a_consent_nothing_is_decided(database: str, folder: Path) -> None:
    async def work() -> None:
        async with desk(database, folder) as d:
            await d.house.publish()
            known = await d.known("ana", level="threshold", at_least=600)
            said = {"policy": "deposit@1", "person": known, "purpose": "rental_deposit"}
            for more, status, why in (
                ({}, 403, "Nobody with this id"),
                ({"person": "per_none"}, 403, "Nobody with this id"),
                ({"purpose": "small_loan"}, 422, "does not decide about"),
                ({"level": "all"}, 422, "is no level of detail"),
            ):
                reply = await d.visit.send(HERE, **said | more)
                assert (reply.status_code, why in reply.text) == (status, True), reply.text
            assert (await d.visit.send(HERE)).status_code == 404
            assert await d.house.count("decisions") == 0

    run(work())
