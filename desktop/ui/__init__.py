"""The window: PySide6 widgets; knows requests and events, never a model."""
