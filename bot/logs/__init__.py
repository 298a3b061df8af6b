"""Logs that never hold a citizen's words or numbers."""
