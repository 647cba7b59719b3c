"""Keeps pytest out of here: `test_old_scripts.py` runs these scripts."""

collect_ignore_glob = ["*"]
