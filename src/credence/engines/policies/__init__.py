"""Policies evaluated: for one person in plain Python, for everybody in SQL."""
