"""Looking at cases: queue, status, timeline, files."""
