"""Everything a browser or another system calls."""
