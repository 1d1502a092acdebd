"""The Qt side of quick prompts: the window beside the pointer, its thread, the way back into the other program."""
