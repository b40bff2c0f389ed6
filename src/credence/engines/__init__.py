"""Where a definition is evaluated: compiled to SQL for everybody, in plain Python for one person."""
