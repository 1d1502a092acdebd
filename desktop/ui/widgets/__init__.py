"""Building blocks of the window: look, labels, fields, notices; they know no conversation, draft or model."""
