"""Posts, the people who hold them, and how people come in."""
