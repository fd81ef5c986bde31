"""What a conversation is made of: messages and turns, their context, texts and forms."""
