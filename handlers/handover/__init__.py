"""A person answers: the citizen's side, the staff's side, and what the clock tells either."""
