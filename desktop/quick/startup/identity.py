"""The name under which the desktop knows Inkstone: its entry, its windows, its shortcuts, its start at login."""

X11_CLASS = "inkstone"  # of its windows on X11, where they bear no id: the entry names it
APP_ID = "io.inkstone.Inkstone"  # the desktop entry is called so; portals and window lists look for it
