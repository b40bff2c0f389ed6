"""Numbers made of several columns, proposed from their names and kept only where they earn it."""
