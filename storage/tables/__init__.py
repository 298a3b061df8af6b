"""Every table, by subject. Only this room reads them."""
