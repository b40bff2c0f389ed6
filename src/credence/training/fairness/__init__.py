"""Groups of people compared: what a score gives each, what carries a gap, scorecards with smaller gaps."""
