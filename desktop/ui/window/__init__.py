"""The main window as a whole: what stands in it, its commands, and what floats above it."""
