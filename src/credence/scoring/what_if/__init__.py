"""What if: exact, by the same evaluator, on a person's events and hypothetical ones."""
