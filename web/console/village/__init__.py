"""A village's pages: its three functions, looks in the field, meetings, the chat it works from."""
