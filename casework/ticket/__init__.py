"""One ticket as it is read and changed: its words, its history, its next appointment."""
