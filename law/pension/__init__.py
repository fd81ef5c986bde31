"""The pension: from which age and month, at which rate, on which average, and what going on to pay brings."""
