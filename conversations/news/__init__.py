"""What a ticket is called, where it stands, and how its citizen is told."""
