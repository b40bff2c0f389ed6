"""A scorecard that stands, judged by rows with outcomes: as the file says it, with nothing learnt."""
