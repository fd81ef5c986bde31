"""From a question to the entries that may answer it, how sure that is, and how good it is on labelled questions."""
