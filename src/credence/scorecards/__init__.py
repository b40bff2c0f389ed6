"""Answers to points: the scorecard's model, its file format, and what a live scorecard may not hold."""
