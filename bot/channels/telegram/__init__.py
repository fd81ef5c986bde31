"""Telegram, and nothing of Telegram anywhere else."""
