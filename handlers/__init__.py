"""Handlers TALK: conversations as plain functions, (message, memory, resources) -> turn."""
