"""Channels: where people write, each told to the desk in the same words."""
