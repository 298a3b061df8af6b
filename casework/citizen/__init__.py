"""What citizens do: file, find, prove, agree, answer, look up on the page."""
