"""Replies on their way: in order, again when it failed, where they go, with which pictures."""
