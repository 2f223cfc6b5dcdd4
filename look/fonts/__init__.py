"""The font that the server itself letters with: pictures and documents; must not draw anything."""

from pathlib import Path

FOLDER = Path(__file__).parent
REGULAR = FOLDER / "AtkinsonHyperlegibleNext-Regular.ttf"
BOLD = FOLDER / "AtkinsonHyperlegibleNext-Bold.ttf"
