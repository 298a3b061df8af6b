"""Turns: one message in, questions answered, records and replies kept in one commit."""
