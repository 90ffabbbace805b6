"""Audiences: people by what they did, did not do and have, evaluated into memberships."""
