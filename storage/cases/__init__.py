"""Tickets as rows: their logs, who is in them, who follows them, and what was filed before."""
