"""Into the console and out of it, one's own account, and everybody's."""
