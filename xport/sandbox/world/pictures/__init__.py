"""Product pictures, drawn on demand."""
