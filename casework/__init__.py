"""One command on one ticket: load, decide, commit, tell the citizen and the agency."""
