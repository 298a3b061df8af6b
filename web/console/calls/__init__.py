"""A call, or who sits before a facilitator: one page from the ring to the code."""
