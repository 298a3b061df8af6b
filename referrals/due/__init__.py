"""What is due when: the clocks of a ticket, read by the district's calendar."""
