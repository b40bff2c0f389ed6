"""Webhooks by the Standard Webhooks scheme: where they go, what they say, and how often they are tried."""
