"""What a village's people write from their chat at work, and what they read there."""
