"""Figures: what happened to all tickets together, and nobody's case."""
