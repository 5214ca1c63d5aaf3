"""Writing and sending a report, in private or in a group."""
