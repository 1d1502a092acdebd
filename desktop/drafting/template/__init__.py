"""Templates: what they are, how their files are read, and the user's own."""
