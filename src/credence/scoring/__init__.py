"""Scores of everybody, and the statement that explains one."""
