"""Photos and documents: made fit to be kept, known again, and opened through links."""
