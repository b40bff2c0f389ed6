"""From scores to outcomes: policies, what they decide about one person and about everybody."""
