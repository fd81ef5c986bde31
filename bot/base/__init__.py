"""What every part of the bot stands on: settings, content, keys, the clock, logs, tasks."""
