"""Keeps the number of residents' voices ready, whatever their number: added to, never counted again."""
