"""Synthetic people, for demonstrations and simulations; nobody here is real."""
