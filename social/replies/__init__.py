"""What people write to our accounts: collected, joined to notices, handed over, answered."""
