"""The words people read, in Bahasa Indonesia first and English second, and how time is worded."""
