"""The commands, put together."""

from typer import Typer

from credence.cli import change, decide, events, explain, policies, score, scorecards, what_if
from credence.cli.demo import command
from credence.cli.runs import published, run
from credence.cli.server import keys, parties, serve
from credence.cli.training import fairness, samples, train, validate

app = Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Scores that explain themselves: events in; a score out that is a sum of points.",
)
app.add_typer(events.app, name="events")
app.add_typer(scorecards.app, name="scorecards")
app.add_typer(policies.app, name="policies")
app.add_typer(published.app, name="runs")
app.command("run")(run.run)
app.command("score")(score.score)
app.command("decide")(decide.decide)
app.command("explain")(explain.explain)
app.command("change")(change.change)
app.command("what-if")(what_if.what_if)
app.command("samples")(samples.samples)
app.command("train")(train.train)
app.command("validate")(validate.validate)
app.command("fairness")(fairness.fairness)
app.command("demo")(command.demo)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.add_typer(keys.keys, name="keys")
app.add_typer(parties.operators, name="operators")
app.add_typer(parties.partners, name="partners")
app.add_typer(parties.furnishers, name="furnishers")
