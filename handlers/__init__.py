"""One file per channel to citizens, in the order read, render, send."""
