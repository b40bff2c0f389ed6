"""People look at what is theirs: statements, why they changed, what would change them, all that is known."""
