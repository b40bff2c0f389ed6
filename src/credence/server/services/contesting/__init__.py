"""Contesting: disputes with their clocks, corrections that reach who had read the score, and the outbox."""
