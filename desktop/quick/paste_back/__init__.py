"""The way back into the program that a selection came from: one interface, a back end for each system."""
