"""Charts a farmer reads on a phone: few words, large type, two series at most, every label where its line is."""
