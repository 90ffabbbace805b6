"""The site's half: exports to the platform over HTTP. Imports no feature of the platform."""
