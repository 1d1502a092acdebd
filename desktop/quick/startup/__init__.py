"""How the desktop knows and starts Inkstone: its name, its command, its start at login."""
