"""A kabupaten's folder of rows and words: read, checked line by line, and spelt out."""
