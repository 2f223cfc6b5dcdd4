"""What makes writing quick and safe: templates, autosave, previews to show, reading again."""
