"""Known data sets whose tables become events."""
