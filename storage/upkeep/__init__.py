"""What keeps the database in order: what ends, what is erased, what moves, what is sealed anew."""
