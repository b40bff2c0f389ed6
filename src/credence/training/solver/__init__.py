"""The fit itself: unknowns, Newton steps, the quadratic problem within them, the path of penalties."""
