"""What a conversation asks of the world and leaves in it, by subject."""
