"""Templates, their phrase banks and kept briefs: what they are, how their files are read, and the user's own."""
