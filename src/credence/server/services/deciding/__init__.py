"""Deciding: policies of partners, decisions and their letters, offers, and people who look at them again."""
