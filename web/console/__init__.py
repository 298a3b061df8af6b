"""The console: pages for who works behind the door."""
