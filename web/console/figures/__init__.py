"""What is counted of all tickets, on a page and in files."""
