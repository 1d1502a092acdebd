"""The window: PySide6 widgets, a folder for each place in it; knows requests and events, never an engine's inside."""
