"""Reminders that people ask for: set, said at their time, listed, ended; and what people told that they paid."""
