"""The macros, without the app."""
