"""A scorecard's SQL for other databases: DuckDB's tree, with what each of them says in other words.

SQLGlot writes a tree in each dialect; the rules here say what it gets wrong or cannot know, and what no
rule covers is refused: a statement is either right or not written.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import sqlglot
from sqlglot import exp

from credence.characteristics.aggregates import aggregates_of
from credence.engines.moment import Moment
from credence.engines.sql.answers import people_column
from credence.engines.sql.compile import Sources, columns_needed, columns_of, compile_scorecard
from credence.errors import DialectError
from credence.events.fields import identifier
from credence.events.vocabulary import Vocabulary
from credence.scorecards.model import Scorecard

Rule = Callable[[exp.Expr], exp.Expr]
PEOPLE, TYPED = "people_table", "people_typed"
# What every database here means alike, once its rules were applied.
SHARED = (
    exp.And, exp.Anonymous, exp.BitwiseLeftShift, exp.BitwiseOrAgg, exp.Case, exp.Cast, exp.Ceil,
    exp.Coalesce, exp.Count, exp.CurrentDate, exp.DateDiff, exp.Day, exp.Exists, exp.Floor, exp.Greatest,
    exp.If, exp.IsNan, exp.LastDay, exp.Least, exp.Max, exp.Min, exp.Month, exp.Nullif, exp.Or, exp.RowNumber,
    exp.Sum, exp.Year,
)  # fmt: skip
TYPES = {
    exp.DType.BIGINT, exp.DType.BOOLEAN, exp.DType.DATE, exp.DType.DECIMAL, exp.DType.DOUBLE, exp.DType.INT,
    exp.DType.TEXT, exp.DType.TIMESTAMP, exp.DType.TIMESTAMPNTZ, exp.DType.VARCHAR,
}  # fmt: skip


@dataclass(frozen=True)
class Dialect:
    """A database's SQL: whether tests run it, and how it says what SQLGlot gets wrong.

    Attributes:
        title: The name people use.
        runs: Whether tests run statements there; others are only parsed.
        rules: How a node is written, by its type, or by its name where SQLGlot has no type for it.
        more: Types of nodes and types of data that this database means like DuckDB, or that rules write.
        functions: Functions that SQLGlot has no type for, and this database has.
        wide: The type of whole numbers of 128 bits.
        hints: Whether a step is told to be kept, or to be read again.
    """

    title: str
    runs: bool
    rules: Mapping[type[exp.Expr] | str, Rule] = field(default_factory=dict)
    more: tuple[type[exp.Expr] | exp.DType, ...] = ()
    functions: frozenset[str] = frozenset()
    wide: str = "DECIMAL(38, 0)"
    hints: bool = False


def _put(template: str, parts: Mapping[str, exp.Expr]) -> exp.Expr:
    """A template with copies of nodes for its placeholders :this and :by."""
    tree = sqlglot.parse_one(template)
    return exp.replace_placeholders(tree, **{name: part.copy() for name, part in parts.items()})


def _written(template: str, node: exp.Expr) -> exp.Expr:
    """A node written as a template, in which :this and :by stand for its first two parts."""
    this = node.expressions[0] if isinstance(node, exp.Anonymous) else node.this
    by = node.args.get("expression")
    return _put(template, {"this": this} | ({"by": by} if isinstance(by, exp.Expr) else {}))


def _longest_run(template: str, node: exp.Expr) -> exp.Expr:
    """The greatest length of the runs of ones among some bits, where :this stands for the bits."""
    runs = node.this
    if not (isinstance(runs, exp.Transform) and isinstance(runs.this, exp.Split)):
        return node
    bits = runs.this.this
    return _put(template, {"this": bits.expressions[0]}) if bits.name.upper() == "BIN" else node


def _extreme(function: str, node: exp.Expr) -> exp.Expr:
    """The greatest or least of what is known, where a missing part would make the whole missing."""
    parts = exp.Array(expressions=[part.copy() for part in (node.this, *node.expressions)])
    return _put(f"(SELECT {function}(one) FROM UNNEST(:this) AS one)", {"this": parts})


def _object(function: str, node: exp.Expr) -> exp.Expr:
    """A struct as a call of a function with names and values in turn."""
    pairs = [(exp.Literal.string(part.this.name), part.expression.copy()) for part in node.expressions]
    return exp.Anonymous(this=function, expressions=[value for pair in pairs for value in pair])


def _shifted(node: exp.Expr) -> exp.Expr:
    """A shift by a number of 32 bits."""
    amount = exp.cast(node.expression.copy(), "INT")
    return exp.BitwiseLeftShift(this=node.this.copy(), expression=amount)


def _counted(node: exp.Expr) -> exp.Expr:
    """An interval whose length is a number rather than a text."""
    return exp.Interval(this=exp.Literal.number(node.this.name), unit=node.args["unit"].copy())


BITS = range(63)
EACH_BIT = [f"GETBIT(:this, {bit})" for bit in BITS]
BITS_AS_TEXT = (
    "(SELECT STRING_AGG(CAST((:this >> b) & 1 AS TEXT), '' ORDER BY b) "
    f"FROM UNNEST(GENERATE_ARRAY(0, {BITS[-1]})) AS b)"
)
NOT_A_NUMBER = partial(_written, "(:this = CAST('NaN' AS DOUBLE))")
POSTGRES = Dialect(
    "PostgreSQL",
    runs=True,
    rules={
        exp.IsNan: NOT_A_NUMBER,
        exp.BitwiseLeftShift: _shifted,
        "BIT_COUNT": partial(_written, "BIT_COUNT(CAST(:this AS BIT(64)))"),
        exp.ArrayMax: partial(
            _longest_run,
            "(SELECT MAX(LENGTH(run)) FROM "
            "REGEXP_SPLIT_TO_TABLE(CAST(CAST(:this AS BIT(64)) AS TEXT), '0') AS run)",
        ),
        exp.Struct: partial(_object, "JSONB_BUILD_OBJECT"),
    },
    more=(exp.DType.BIT, exp.IntDiv, exp.Length),
    functions=frozenset({"BIT_COUNT", "REGEXP_SPLIT_TO_TABLE", "JSONB_BUILD_OBJECT"}),
    hints=True,
)
SPARK = Dialect(
    "Spark",
    runs=True,
    rules={
        exp.BitwiseLeftShift: _shifted,
        # DIV would give 64 bits; what is divided here leaves no rest, so that a decimal is as exact.
        exp.IntDiv: partial(_written, "CAST(:this / :by AS DECIMAL(38, 0))"),
    },
    more=(exp.ArrayMax, exp.Length, exp.Split, exp.Struct, exp.Transform),
    functions=frozenset({"BIN", "BIT_COUNT"}),
)
BIGQUERY = Dialect(
    "BigQuery",
    runs=False,
    rules={
        exp.Interval: _counted,
        exp.Greatest: partial(_extreme, "MAX"),
        exp.Least: partial(_extreme, "MIN"),
        exp.ArrayMax: partial(
            _longest_run, f"(SELECT MAX(LENGTH(run)) FROM UNNEST(SPLIT({BITS_AS_TEXT}, '0')) AS run)"
        ),
    },
    more=(
        *(exp.Array, exp.DType.BIGDECIMAL, exp.GroupConcat, exp.IntDiv),
        *(exp.Length, exp.Split, exp.Struct, exp.Unnest),
    ),
    functions=frozenset({"BIT_COUNT", "GENERATE_ARRAY"}),
    wide="BIGDECIMAL",
)
SNOWFLAKE = Dialect(
    "Snowflake",
    runs=False,
    rules={
        exp.IsNan: NOT_A_NUMBER,
        "BIT_COUNT": partial(_written, f"({' + '.join(EACH_BIT)})"),
        exp.ArrayMax: partial(
            _longest_run, f"ARRAY_MAX(TRANSFORM(SPLIT({' || '.join(EACH_BIT)}, '0'), run -> LENGTH(run)))"
        ),
        exp.Struct: partial(_object, "OBJECT_CONSTRUCT_KEEP_NULL"),
        exp.IntDiv: partial(_written, "CAST(:this / :by AS DECIMAL(38, 0))"),
    },
    more=(exp.ArrayMax, exp.Getbit, exp.Length, exp.Split, exp.Transform),
    functions=frozenset({"OBJECT_CONSTRUCT_KEEP_NULL"}),
)
DUCKDB = Dialect("DuckDB", runs=True, hints=True)
DIALECTS = {
    "duckdb": DUCKDB,
    "spark": SPARK,
    "postgres": POSTGRES,
    "bigquery": BIGQUERY,
    "snowflake": SNOWFLAKE,
}


def statement(scorecard: Scorecard, words: Vocabulary, moment: Moment, name: str) -> str:
    """The statement that scores everybody in the tables `events` and `people_table` of a database.

    Args:
        scorecard: What to compute. Without measures of events it reads `people_table` alone.
        words: The vocabulary, for how long each kind may count.
        moment: The moment, written into the statement.
        name: One of `DIALECTS`.

    Raises:
        DialectError: The scorecard needs something that cannot be said in this dialect.
    """
    columns = columns_needed(scorecard)
    events = any(aggregates_of(measure.answer) for measure, _ in scorecard.measures())
    sources = Sources(events=events or not columns, people_table=bool(columns))
    tree: exp.Expr = compile_scorecard(scorecard, words, moment, sources)
    if columns:
        tree = _with_own_columns(tree, scorecard)
    text = translated(tree, name, scorecard.name)
    return f"{_head(scorecard, moment, DIALECTS[name], sources)}{text}"


def translated(tree: exp.Expr, name: str, what: str) -> str:
    """A tree of DuckDB's SQL as text in a dialect.

    Raises:
        DialectError: No rule says how a part of it is written there.
    """
    dialect = DIALECTS[name]
    if name != "duckdb":
        tree = tree.copy()
        for node in reversed(list(tree.walk())):
            _rewrite(node, dialect)
        _refuse(tree, dialect, what)
    try:
        return tree.sql(dialect=name, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.UnsupportedError as error:
        raise DialectError(what, dialect.title, str(error).splitlines()[0]) from None


def _rewrite(node: exp.Expr, dialect: Dialect) -> None:
    if isinstance(node, exp.CTE):
        node.set("materialized", _kept(node, dialect))
    if isinstance(node, exp.DataType) and node.this == exp.DType.INT128:
        node.replace(exp.DataType.build(dialect.wide))
    key = node.name.upper() if isinstance(node, exp.Anonymous) else type(node)
    if key in dialect.rules:
        node.replace(dialect.rules[key](node))


def _kept(step: exp.CTE, dialect: Dialect) -> bool | None:
    """Whether a step's rows are kept: else PostgreSQL would put each step into the next, many times over."""
    return step.args.get("materialized") is not False if dialect.hints else None


def _refuse(tree: exp.Expr, dialect: Dialect, what: str) -> None:
    """Stop at whatever is not known to mean the same in this database."""
    for node in tree.walk():
        if isinstance(node, exp.DataType):
            known = node.this in TYPES or node.this in dialect.more
        elif isinstance(node, exp.Anonymous):
            known = node.name.upper() in dialect.functions
        else:
            known = not isinstance(node, exp.Func) or isinstance(node, SHARED) or type(node) in dialect.more
        if not known:
            raise DialectError(what, dialect.title, f"'{node.sql(dialect='duckdb')}' has no rule")


def _with_own_columns(tree: exp.Expr, scorecard: Scorecard) -> exp.Expr:
    """The tree reading a table of people as its owner has it: a first step types and renames its columns."""
    wanted = columns_of(scorecard)
    apart = {people_column(c.name)[1:-1]: f"column_{n}" for n, c in enumerate(wanted, start=1)}
    for node in tree.find_all(exp.Identifier):
        name = node.this.replace('"', '""')
        if name in apart:
            node.replace(exp.to_identifier(apart[name]))
    for table in tree.find_all(exp.Table):
        if table.name == PEOPLE:
            table.set("this", exp.to_identifier(TYPED))
    typed = ", ".join(
        f"CAST({identifier(c.name)} AS {'VARCHAR' if c.text else 'DOUBLE'}) AS column_{n}"
        for n, c in enumerate(wanted, start=1)
    )
    first = sqlglot.parse_one(
        f"SELECT CAST(person_id AS VARCHAR) AS person_id, {typed} FROM {PEOPLE}", dialect="duckdb"
    )
    steps = tree.args["with_"]
    step = exp.CTE(this=first, alias=exp.TableAlias(this=exp.to_identifier(TYPED)))
    steps.set("expressions", [step, *steps.expressions])
    return tree


def _head(scorecard: Scorecard, moment: Moment, dialect: Dialect, sources: Sources) -> str:
    tables = ["events"] * sources.events + [PEOPLE] * sources.people_table
    which = f"{scorecard.name}@{scorecard.version}, definition {scorecard.definition_hash[:12]}"
    lines = [
        f"{which}, as of {moment.as_of}, for {dialect.title}.",
        f"Reads {' and '.join(tables)}; docs/how-to/score-in-your-database.md tells of their columns.",
    ]
    if not dialect.runs:
        lines.append(
            f"Never run on {dialect.title} by Credence's own tests, only parsed by SQLGlot: "
            "compare some scores before you rely on it."
        )
    return "".join(f"-- {' '.join(line.split())}\n" for line in lines)
