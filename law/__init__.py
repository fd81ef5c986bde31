"""The law KNOWS: dated parameters with their sources, and calculations; it imports nothing of ours."""
