"""What offices' own programs and servers say became of their legs."""
