"""Who meets the conditions of an audience: the tree compiled to one Ibis expression."""
