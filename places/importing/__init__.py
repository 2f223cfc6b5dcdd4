"""Takes in open data about places: boundaries, postcodes and streets; see docs/places.md."""
