"""Forms: from a wish in a citizen's own words to a filed ticket. One flow for every service."""
