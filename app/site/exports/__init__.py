"""Exports: the site's users, products and content, sent to the platform as stream files."""
