"""A context in the bureau's name for a whole act, so that each step of it need not change names and back.

A decision reads and writes what its partner may not see, step after step. Who acts stays who it is: that is
what services check and the audit says; only row-level security is told once.
"""

from dataclasses import dataclass, fields

from credence.server.services.context import SYSTEM, Context


@dataclass(frozen=True)
class Elevated(Context):
    """A context whose statements are in the bureau's name, whoever acts."""

    def __post_init__(self) -> None:
        """Hold the transaction in the name of the bureau."""
        object.__setattr__(self, "connection", self.connection.named(SYSTEM.setting))


def elevated(context: Context) -> Elevated:
    """The context of an act that is done in the bureau's name to its end."""
    return Elevated(**{field.name: getattr(context, field.name) for field in fields(context)})
