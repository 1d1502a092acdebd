"""Quick actions as data: what they are, and how their files are read."""
