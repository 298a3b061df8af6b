"""How a letter finds its office, what became of it, and what follows."""
