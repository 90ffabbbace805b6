"""The other end: exports to the platform, and the segments that its webhook keeps."""
