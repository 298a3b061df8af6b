"""The demo: its people and their families, its clock, its stage, and the databases it keeps to."""
