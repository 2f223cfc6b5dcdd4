"""How pages are dressed: template tags, form widgets and fields; knows no other app and no model."""
