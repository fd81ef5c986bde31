"""The desk: one delivery in, one transaction, replies out; and what the clock starts."""
