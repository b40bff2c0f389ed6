from sqlglot import exp, parse_one

from credence import Moment, load_scorecard
from credence.engines.sql.compile import DIALECT, Sources, columns_needed, compile_scorecard
from credence.events.vocabulary import shipped
from tests.world import AS_OF, LATER

MOMENT = Moment(AS_OF, LATER, snapshot=7)


def names_of_steps(sources: Sources) -> list[str]:
    card = load_scorecard("everyday")
    sql = compile_scorecard(card, shipped(), MOMENT, sources).sql(dialect=DIALECT, pretty=True)
    tree = parse_one(sql, dialect=DIALECT)
    return [step.alias for step in tree.find_all(exp.CTE)]


def test_every_step_of_the_statement_has_a_name_and_stands_in_order() -> None:
    steps = names_of_steps(Sources())

    assert steps[:4] == ["recorded", "marks", "hidden", "counted"]
    assert steps[-3:] == ["reason_step_2", "reason_step_3", "reason_step_4"]
    assert "people" in steps


def test_equal_aggregates_are_computed_once() -> None:
    sql = compile_scorecard(load_scorecard("everyday"), shipped(), MOMENT, Sources()).sql(dialect=DIALECT)

    assert sql.count("BIT_OR(") == 4
    assert sql.count("ROW_NUMBER()") == 2


def test_the_statement_reads_only_the_snapshot_it_names() -> None:
    sql = compile_scorecard(load_scorecard("everyday"), shipped(), MOMENT, Sources()).sql(dialect=DIALECT)

    assert "batch <= 7" in sql


def test_a_scorecard_of_events_needs_no_columns_of_a_table() -> None:
    assert columns_needed(load_scorecard("everyday")) == []
