"""Keeps pytest out of here: `test_legacy.py` runs these scripts."""

collect_ignore_glob = ["*"]
