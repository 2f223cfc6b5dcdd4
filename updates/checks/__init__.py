"""The checks of what staff write; each reads and says what it found, none changes or refuses anything."""
