"""People of published scores counted beside tables that are no part of a score."""
