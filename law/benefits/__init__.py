"""What else there is: birth, death, the allowances of those without a pension, taking the money out, accidents."""
