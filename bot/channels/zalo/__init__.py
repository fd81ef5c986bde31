"""Zalo Bot: texts and pictures by address, choices as lines. Built from what is published of it, and not tried live."""
