"""What operators do at their pages: let readers have a run, see what waits, look into the trail."""
