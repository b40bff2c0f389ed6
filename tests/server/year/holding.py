"""What holds after every act: read in the database itself, beside every route."""

from tests.server.year import days, deciding
from tests.server.year.town import Town

DISPUTES = """
SELECT d.*, closed_at::date AS closed_on, p.erased_at FROM disputes d JOIN people p USING (person_id)
WHERE d.person_id = ANY($1)
"""
READS = "SELECT inquiry_id, reader, result->>'outcome' AS outcome FROM inquiries WHERE person_id = $1"
# Of a read exactly one entry, and of an entry exactly one read.
UNPAIRED = """
SELECT i.inquiry_id, a.entry_id FROM inquiries i FULL JOIN (SELECT * FROM audit WHERE what = 'score.read') a
  ON a.details->>'inquiry' = i.inquiry_id AND a.person_id = i.person_id AND a.request_id = i.request_id
WHERE i.inquiry_id IS NULL OR a.entry_id IS NULL
"""
SILENT = 46


async def all_of(town: Town) -> None:
    """What is promised of disputes, reads, months and ids."""
    await disputes_are_in_time(town)
    await reads_are_recorded(town)
    await months_are_not_rewritten(town)


async def disputes_are_in_time(town: Town) -> None:
    today = town.now.date()
    for row in await town.rows(DISPUTES, [life.person_id for life in town.lives]):
        if row["state"] == "open":
            assert today < row["due_on"], row
            taken_up = row["escalated_at"] is not None or row["erased_at"] is not None
            assert today < row["escalate_on"] or taken_up, row
        else:
            assert row["closed_on"] <= row["due_on"], row


async def reads_are_recorded(town: Town) -> None:
    """Each read that somebody had is there, no other is, and the audit knows the same."""
    assert await town.rows(UNPAIRED) == []
    for life in town.lives:
        rows = await town.rows(READS, life.person_id)
        found = {str(one["inquiry_id"]) for one in rows}
        assert life.reads <= found
        assert len(found) == len(life.reads) + life.own_reads, (rows, life.reads)


async def months_are_not_rewritten(town: Town) -> None:
    """What was published is as it was, but for whoever was erased, who is gone."""
    gone = {life.person_id for life in town.lives if life.erased}
    for name, (_, then) in town.published.items():
        assert await days.of_run(town, name) == {who: said for who, said in then.items() if who not in gone}


async def in_the_end(town: Town) -> None:
    """Whatever is open is decided when nobody does anything any more; what was erased stays so."""
    await days.pass_by(town, SILENT)
    await all_of(town)
    assert [one for life in town.lives for one in life.disputes] == []
    await deciding.still_the_same(town)
    for life in town.lives:
        if life.erased:
            await days.unreadable(town, life)
