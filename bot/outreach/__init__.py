"""How people hear of the assistant: campaigns as staff make them, and posters, cards and pictures of their links."""
