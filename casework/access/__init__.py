"""Who may do what: signed links, the powers they give, and to whom a ticket may go."""
