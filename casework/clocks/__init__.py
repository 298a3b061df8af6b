"""What tickets' clocks want done, and what happens when the calendar or the rules change."""
