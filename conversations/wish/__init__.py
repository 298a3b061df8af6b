"""What somebody wants, found out from how they begin; danger, despair, and a person."""
