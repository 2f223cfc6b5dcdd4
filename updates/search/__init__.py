"""One search over what is live, behind one function, on either database."""
