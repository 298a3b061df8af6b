"""The one port: who gets a connection, the fast lane or the pages."""
