"""The FAQ ANSWERS: one question per file, and the engine that finds the right one."""
