"""The draft file of a dataflow: chosen, recognised, parsed and profiled."""
