"""Letting partners in and out: consents granted and withdrawn with the partner told of it, and leaving."""
