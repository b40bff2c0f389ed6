"""A context in the bureau's name for a whole act, so that each step of it need not change names and back.

A decision reads and writes what its partner may not see, step after step. Who acts stays who it is: that is
what services check and the audit says; only row-level security is told once.
"""

from dataclasses import dataclass, fields, replace

from credence.server.services.context import Actor, Context


@dataclass(frozen=True)
class Elevated(Context):
    """A context whose transaction is in the bureau's name already."""

    async def _as(self, actor: Actor) -> Context:
        return replace(self, actor=actor)


async def elevated(context: Context) -> Elevated:
    """The context of an act that is done in the bureau's name to its end; afterwards `context.back()`."""
    await context.as_system()
    return Elevated(**{field.name: getattr(context, field.name) for field in fields(context)})
