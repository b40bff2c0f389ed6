"""What people bring themselves: statements and bills, looked at first, and kept only if they say so."""
