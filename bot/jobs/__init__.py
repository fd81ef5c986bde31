"""What the clock starts: a row that is due becomes a message of kind `tick` and passes the same desk as any other."""
