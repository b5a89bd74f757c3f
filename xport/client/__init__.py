"""The signed client of the platform."""
