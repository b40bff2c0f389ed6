"""Ways to learn a value for every attribute; their models look alike, so that they can be averaged."""
