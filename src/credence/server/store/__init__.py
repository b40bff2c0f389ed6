"""What is kept: tables and the SQL that reads and writes them."""
