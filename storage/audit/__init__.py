"""The audit: written, read, and proven to be whole."""
