"""What papers and pictures show, in words that are ready to print."""
