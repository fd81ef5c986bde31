"""The chat page: the assistant in a browser, without any account, with a script or without one."""
