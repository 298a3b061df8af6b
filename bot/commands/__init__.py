"""What an operator or a data protection officer types: one file a command."""
