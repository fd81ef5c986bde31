"""Whether the service does its work: told to what watches over it, and to the staff when it does not."""
