"""Crossings: two characteristics whose answers count together, each pair as a small table of cells."""
