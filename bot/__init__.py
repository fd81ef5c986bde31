"""The bot RUNS: the only floor that touches network, disk, clock and asyncio."""
