"""Models that other tools fitted, read from the files that they write: sums of points as a folder of ours."""
