"""Rewrite source that uses tf.contrib.eager: `python -m tfe_compat.upgrade`, or `tfe-upgrade`."""
