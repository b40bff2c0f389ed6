"""Scorecards from outcomes: a table of people whose outcome is known in, an integer scorecard out.

Needs NumPy, the extra `credence[train]`; the scorecard that it writes needs nothing of it.
"""
