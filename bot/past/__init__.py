"""The months before the demo's first day: invented tickets, lived through by the real rules."""
