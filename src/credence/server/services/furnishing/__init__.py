"""Furnishers: what they send, what becomes of each row, and what people are told of it."""
