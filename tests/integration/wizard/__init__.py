"""The five steps as pages."""
