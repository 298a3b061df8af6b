"""The work list and the case as the console's people see them, and who works on what."""
