"""Everybody, every month: making a run, and looking at those that were made."""
