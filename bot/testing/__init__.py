"""Public doubles for tests: a strict Bot API in the process, and drivers that carry one dialogue over every channel."""
