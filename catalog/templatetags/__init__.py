"""Template tags of catalog's pages."""
