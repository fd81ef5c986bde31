"""Calculations in chat: what each asks, and what is said of what comes out."""
