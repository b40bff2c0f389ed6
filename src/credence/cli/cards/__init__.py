"""Commands about a scorecard's file: for other tools, for readers, and one version beside another."""
