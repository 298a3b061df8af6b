"""Letters on their way: how many at once, by which way, and what comes back."""
