"""The console put together: its pages, and the news they show."""
