"""Carrying runs out: claimed once, heard of while they go on, ended whatever happens."""
