"""Files on disk, as scripts and as notebooks."""
