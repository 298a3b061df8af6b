"""What is kept of people who write to us: talks, wishes, tries, and where they are reached."""
