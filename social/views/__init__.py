"""Social's pages: accounts, wording, deliveries for staff; the practice network for everybody."""
