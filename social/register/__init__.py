"""Is it genuine? The public log, the list of official accounts, and the answer to what a resident pastes."""
