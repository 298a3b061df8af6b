"""What the audit keeps of who looked at whose data, and how the person concerned may read it."""
