"""Finding goods: search, item pages, what we know of them."""
