"""The five-step wizard: a door into the services of dataflows."""
