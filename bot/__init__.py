"""The running program: command line, settings, assembly, turns, outbox, timers."""
