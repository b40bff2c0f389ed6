"""A scorecard as SQL: one statement in named steps, in pieces of which each says one thing."""
