"""Rehearsals of a hijack on the practice network; nothing leaves the building in one."""
