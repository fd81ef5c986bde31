"""What every calculation stands on: months, rounding, dated parameters with their sources, estimates, reasons."""
