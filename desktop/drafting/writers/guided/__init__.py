"""The writer for a model that cannot write by itself: it is led from sentence to sentence."""
