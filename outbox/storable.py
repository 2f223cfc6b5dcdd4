"""Makes what the other side said fit for our database; its words are never trusted to be text."""


def storable(text: object, longest: int) -> str:
    """Return `text` without what a database refuses (NUL, lone surrogates), at most `longest` characters."""
    clean = str(text).replace("\x00", "").encode(errors="replace").decode()
    return clean[:longest]
