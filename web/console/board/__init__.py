"""The work list and its cases, as a browser shows them."""
