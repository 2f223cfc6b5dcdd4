"""Template tags of feedback."""
