from dataclasses import replace

from credence.events.exports.facts import Sorted, Source, sort_lines
from credence.events.exports.lines import Draft, read_lines
from credence.events.exports.rules import read_rules
from credence.events.vocabulary import shipped
from credence.yaml_file import parse

RULES = """version: 1
rules:
  - {when: {text: savings}, kind: savings.reported}
  - {when: {text: own}, ignore: it is your own}
  - {when: {text: shop}, kind: payment.settled}
"""
SOURCE = Source("ofx", "ana", read_rules(parse(RULES, "r"), "r", shipped()), shipped())
SHOP = Draft(
    1, "2026-10-01", "-12.50", "EUR", "", "Shop 4000123412341234", account="9876543210", holder="9876543210",
    reference="F-1", order="O-1",
)  # fmt: skip


def sort(*drafts: Draft, source: Source = SOURCE) -> Sorted:
    return sort_lines(read_lines(drafts, str).lines, source)


def ids(*drafts: Draft, source: Source = SOURCE) -> list[object]:
    return [row["event_id"] for _, row in sort(*drafts, source=source).events]


def test_an_event_says_what_its_kind_may_say() -> None:
    ((row, said),) = sort(SHOP).events
    assert len(str(said.pop("event_id"))) == 24
    assert (row, said) == (
        1,
        {
            "furnisher": "self:ofx", "person_id": "ana",
            "kind": "payment.settled", "occurred_at": "2026-10-01",
            "amount": 1250, "currency": "EUR", "account": "****3210", "counterparty": "Shop ****1234",
            "order_id": "O-1",
        },
    )  # fmt: skip


def test_a_balance_keeps_its_sign() -> None:
    ((_, said),) = sort(replace(SHOP, counterparty="Savings", direction="neither")).events
    assert said["balance"] == -1250
    assert "amount" not in said


def test_every_line_is_an_event_left_out_or_shown() -> None:
    found = sort(SHOP, replace(SHOP, counterparty="own"), replace(SHOP, counterparty="?"))
    assert [row for row, _ in found.events] == [1]
    assert [(reason, line.row) for reason, line in found.ignored] == [("it is your own", 2)]
    assert [line.row for line in found.uncategorised] == [3]


def test_an_id_follows_the_reference_whatever_else_is_said() -> None:
    assert ids(SHOP) == ids(replace(SHOP, description="more", amount="-13"))
    others = [
        replace(SHOP, reference="F-2"), replace(SHOP, holder="1"), replace(SHOP, part="refund"),
    ]  # fmt: skip
    assert len({*ids(SHOP, *others), *ids(SHOP, source=replace(SOURCE, person_id="ben"))}) == 5


def test_without_a_reference_an_id_follows_the_content_and_how_often_it_is_there() -> None:
    bare = replace(SHOP, reference="")
    one, two = ids(bare, bare)
    assert one != two
    assert ids(replace(bare, amount="-1"), bare) == [ids(replace(bare, amount="-1"))[0], one]


def test_a_correction_names_the_id_of_what_it_corrects() -> None:
    (first,) = ids(SHOP)
    instead = replace(SHOP, reference="F-2", correction="replaces", target="F-1")
    gone = replace(instead, correction="retracts", counterparty="?")
    ((_, replaced),) = sort(instead).events
    ((_, retracted),) = sort(gone).events
    assert (replaced["replaces"], replaced["kind"]) == (first, "payment.settled")
    assert (retracted["retracts"], retracted["kind"]) == (first, "mark.retracts")
