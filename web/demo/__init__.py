"""What only a demo shows: telephones, the agencies' inbox, and stand-ins for the providers."""
