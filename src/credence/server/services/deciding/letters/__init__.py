"""Letters to whom something was declined: what they say, as a page and as a PDF."""
