"""Pages that a citizen opens without an account."""
