"""Views: parse, one service call, render or redirect."""
