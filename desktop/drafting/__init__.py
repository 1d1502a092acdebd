"""Intent and slots to brief to prompts: what a template is, what it asks for, and when its result is good."""
