"""PostgreSQL: the embedded one, its roles and its schema, and connections to it."""
