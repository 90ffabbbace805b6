"""Streams: where stream files arrive, whole or absent."""
