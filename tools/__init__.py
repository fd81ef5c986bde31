"""What developers run now and then, and the assistant never: see the Makefile."""
