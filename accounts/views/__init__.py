"""Pages of this app: one's own page, and coming in as a demo person."""
