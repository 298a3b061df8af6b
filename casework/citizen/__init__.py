"""What citizens do with tickets: file, find, agree, and answer."""
