"""Who must agree before money is spent, and to exactly what."""
