"""The commands, put together."""

from typer import Typer

from credence.cli import demo, events, explain, score, scorecards

app = Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Scores that explain themselves: events in; a score out that is a sum of points.",
)
app.add_typer(events.app, name="events")
app.add_typer(scorecards.app, name="scorecards")
app.command("score")(score.score)
app.command("explain")(explain.explain)
app.command("demo")(demo.demo)
