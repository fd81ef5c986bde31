"""The FAQ in chat: a question answered, several offered, and the numbers in it put to use."""
