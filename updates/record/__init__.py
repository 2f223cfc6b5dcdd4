"""The public record: how reliable the council was, counted from what it published."""
