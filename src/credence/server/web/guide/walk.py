"""What the guide walks through: chapters of steps, each as somebody at a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from credence.server.services.context import Kind


@dataclass(frozen=True)
class Somebody:
    """Somebody of the demonstration.

    Attributes:
        kind: What kind of actor: a person, an operator or a member.
        id: Which.
        name: Their name.
        story: What is told of them, in every language; nothing of whoever only works here.
    """

    kind: Kind
    id: str
    name: str
    story: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guide:
    """What the guide of one demonstration knows.

    Attributes:
        people: Everybody, by the names that steps have for them.
        places: What is put into the paths of steps: ids that were made with the demonstration.
        begin_anew: Puts everything back as it was at the beginning, soon after it was called.
    """

    people: Mapping[str, Somebody]
    places: Mapping[str, str]
    begin_anew: Callable[[], None]

    def path(self, step: "Step") -> str:
        """Where a step leads in this demonstration."""
        return step.path.format_map(self.places)


@dataclass(frozen=True)
class Step:
    """Somebody at a page; `name` is that of the sentence in the texts of the guide."""

    name: str
    who: str
    path: str


@dataclass(frozen=True)
class Chapter:
    """Steps that make a story; `name` as for a step."""

    name: str
    steps: tuple[Step, ...]


SCORE = "purpose=rental_deposit&level=score&scorecard=everyday"
CHAPTERS = (
    Chapter("points", (
        Step("points_why", "amina", "/me/change"),
        Step("points_receipt", "amina", "/me"),
        Step("points_tried", "amina", "/me/what-if"),
    )),
    Chapter("deposit", (
        Step("deposit_waived", "amina", "/me/decisions"),
        Step("deposit_due", "rosa", "/me/decisions"),
        Step("deposit_offer", "rosa", "/me/offers"),
    )),
    Chapter("wrong", (
        Step("wrong_line", "rosa", "/me/lines/payments_missed"),
        Step("wrong_said", "rosa", "/me/disputes/new?event={phone}/rosa-010"),
        Step("wrong_suspended", "rosa", "/me"),
        Step("wrong_answered", "phone", "/furnisher/disputes"),
        Step("wrong_corrected", "rosa", "/me/disputes"),
        Step("wrong_told", "rental", "/partner"),
        Step("wrong_decided", "rental", "/partner/decisions/new?policy=town_car_rental%401&person={rosa}"),
    )),
    Chapter("freeze", (
        Step("freeze_switch", "tomas", "/me/freeze"),
        Step("freeze_refused", "rental", f"/partner/ask?{SCORE}&person={{tomas}}"),
    )),
    Chapter("not_me", (
        Step("not_me_look", "noor", "/me/inquiries"),
        Step("not_me_frozen", "noor", "/me/disputes"),
    )),
    Chapter("newcomer", (
        Step("newcomer_none", "lin", "/me"),
        Step("newcomer_brings", "lin", "/me/import"),
    )),
    Chapter("month", (
        Step("month_runs", "oskar", "/operator/runs"),
        Step("month_trail", "mei", "/operator/audit"),
    )),
)  # fmt: skip
