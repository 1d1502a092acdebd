"""An action at work on a text: pieces, answers, differences, checks. No Qt, no files."""
