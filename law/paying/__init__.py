"""Paying in: who may join, what a month costs, what the State pays of it, paying at once, and what comes back."""
