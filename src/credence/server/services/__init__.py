"""Use cases: each a function of the context of a request; none commits, each writes its audit entry."""
