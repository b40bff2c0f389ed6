"""Which pairs of characteristics are worth a crossing."""
