"""Who hears of what happened: citizens unasked, offices by letter."""
