"""The Vietnamese language as it is typed and said: neither FAQ nor law; the floor under the FAQ."""
