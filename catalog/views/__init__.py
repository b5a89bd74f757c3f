"""Pages of catalog: Find and items."""
