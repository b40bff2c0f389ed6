"""Scorecards for other tools: points as a table for spreadsheets, and a JSON Schema of the files."""
