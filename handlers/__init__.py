"""What a person reads, writes and taps. One update in, one domain call."""
