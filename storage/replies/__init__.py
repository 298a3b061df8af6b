"""What goes out, to citizens and to agencies: written with its turn, sent once, counted."""
