"""Cek status: what the social registry answers, and what can be done next."""
