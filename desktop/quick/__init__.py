"""Quick prompts: a selection in any program, an action, the change shown word by word, and back again."""
