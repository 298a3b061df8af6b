"""What people behind the door do for a citizen who calls, or who sits before them."""
