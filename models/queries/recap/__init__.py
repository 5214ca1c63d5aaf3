"""What a person handled in a month, for that person and for those who hold the posts above."""
