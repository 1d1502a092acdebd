"""The conductor: a request in, events out; knows the conversation, never a widget."""
