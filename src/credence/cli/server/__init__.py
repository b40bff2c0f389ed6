"""The commands that run the bureau; what they need is loaded only when one of them is used."""
