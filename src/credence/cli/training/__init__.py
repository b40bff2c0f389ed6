"""The commands of training: what needs NumPy is imported when one of them runs."""
