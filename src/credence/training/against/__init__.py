"""What a trained scorecard is compared with: boosted trees, the one in use, the refused, its own chances."""
