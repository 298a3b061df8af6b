"""What is counted of tickets, and the sums that pages are drawn from."""
