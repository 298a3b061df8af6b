"""Files: their rows, and the folders or buckets where their sealed contents lie."""
