"""Template tags by which pages show notices."""
