"""A made-up town of thousands: two years of events made in SQL, and the truth that no event tells."""
