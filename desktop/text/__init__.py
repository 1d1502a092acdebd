"""What all parts know of written text, and none owns: Chinese characters, Chinese numbers, Markdown. Pure functions."""
