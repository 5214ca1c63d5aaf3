"""A report and its journey: the rows of a case and every transition it can make."""
