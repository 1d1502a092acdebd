"""Where a message is written: the field, what goes with it, and what is offered while it is typed."""
