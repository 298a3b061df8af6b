"""The channels that the settings ask for, and what comes in by them besides messages."""
