"""The social registry: identifiers, answers, the demo's families and files to import. Pure."""
