"""The demo town's loader: turns the data in council_portal/demo into a lived-in portal."""
