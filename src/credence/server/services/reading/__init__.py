"""Reading a score: consent, the grant that it gives, the read and its record; freezes that stop it."""
