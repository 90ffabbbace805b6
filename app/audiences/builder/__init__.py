"""The builder's form: a tree of conditions as fields with paths in their names."""
