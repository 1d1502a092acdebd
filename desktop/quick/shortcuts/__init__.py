"""Global shortcuts: one interface, a back end for each system, and which of them this machine has."""
