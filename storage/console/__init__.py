"""What the console keeps: who works there, what they took on, and the lists they work by."""
