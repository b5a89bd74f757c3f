"""A stand-in of the whole platform, served over HTTP: practice, tests and training run on it."""
