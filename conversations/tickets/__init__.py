"""What citizens do with their tickets: find, answer, confirm, take back, take over."""
