"""Who joins, who holds a post, and who can be reached."""
