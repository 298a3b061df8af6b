"""Tickets, legs, lifecycle, services, agencies, areas, routing and working days. Pure."""
