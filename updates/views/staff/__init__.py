"""The staff's pages about notices: desk, lists, editor, decisions. One module per errand."""
