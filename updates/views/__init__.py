"""Pages of the core: public ones for residents, the desk for staff."""
