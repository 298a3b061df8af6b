"""What the channels' providers and mail servers call."""
