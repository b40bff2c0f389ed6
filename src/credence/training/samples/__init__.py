"""Labelled samples from the event log: what was known at observation points, and what happened afterwards."""
