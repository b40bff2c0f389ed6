"""What was looked at, as sections of a report: a picture, tables, sentences, and the same as data."""
