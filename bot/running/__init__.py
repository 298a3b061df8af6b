"""What keeps a process going: loops, timers, workers, small things in the background."""
