"""One module per platform; each speaks to its platform and to nothing else of ours."""
