"""The local copy of the social registry: its editions, how it is filled, how it is asked."""
