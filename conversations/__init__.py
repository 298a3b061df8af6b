"""What we say and what follows from what people say. Pure: no I/O, no clock, no chance."""
