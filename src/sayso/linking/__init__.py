"""What holds across documents: reprints, and how one text differs from another."""
