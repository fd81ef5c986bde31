"""How people hear of the assistant: campaigns as staff make them; the command line and the pages call the same."""
