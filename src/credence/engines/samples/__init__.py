"""Labelled samples: answers as they were known at observation points, and what happened afterwards."""
