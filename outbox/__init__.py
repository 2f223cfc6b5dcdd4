"""The delivery engine without a destination; knows nobody."""
