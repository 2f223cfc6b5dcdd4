"""The real servers, browser and network guard of the tests."""
