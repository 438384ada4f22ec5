"""Advance widths of common faces, one JSON file a family. See README.md beside it."""
