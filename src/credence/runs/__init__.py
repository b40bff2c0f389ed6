"""The run: everybody scored on one day, in steps that can be stopped and taken up again, and published."""
