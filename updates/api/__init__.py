"""The read API: what residents' pages say, for programs, under /api/v1/."""
