"""Why somebody is in an audience, or is not: each condition with what was found."""
