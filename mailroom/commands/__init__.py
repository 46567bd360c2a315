"""The commands, one file for each noun. They are thin: they read the call, call the rooms, and say what came of it."""
