"""Pages and addresses of agencies: signed links, printed letters, their own programs."""
