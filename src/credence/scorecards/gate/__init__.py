"""What a trained scorecard must have before it is published: reasons, directions, allowed inputs, figures."""
