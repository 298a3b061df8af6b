"""What somebody may ask about their own data and addresses, and what makes sure of it."""
