"""A kabupaten as rows: its services, offices, areas, people, days and hours."""
