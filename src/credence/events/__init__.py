"""What happened: the vocabulary of kinds, the intake of events, and the log that keeps them."""
