"""The demo: its people, its clock, its stage, and the databases it keeps to."""
