"""Wards, streets and postcodes."""
