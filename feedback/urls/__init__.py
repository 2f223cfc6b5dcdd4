"""Two audiences, two trees: public and staff."""
