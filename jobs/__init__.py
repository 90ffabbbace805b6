"""The doors of the queue: each job is named as the service it calls."""
