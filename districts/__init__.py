"""One folder of data per kabupaten."""
