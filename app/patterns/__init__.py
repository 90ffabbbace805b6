"""The page of patterns: every macro in every state, for those who build pages."""
