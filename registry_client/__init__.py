"""The social registry: identifiers, answers, and files to import. Pure."""
