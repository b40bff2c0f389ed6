"""What an operator reads before and after scores are published."""
