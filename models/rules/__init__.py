"""Everything the office decided on file: SOPs, hours, posts, the ladder, what each kind of step allows."""
