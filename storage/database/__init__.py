"""What speaks to a database: two engines, one seam, statements, sealing, and how schemas grow."""
