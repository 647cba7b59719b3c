"""The stages of a plan, one in each file; `plan.py` has their order."""
