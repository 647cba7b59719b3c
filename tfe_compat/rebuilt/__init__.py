"""Names of TF 1.x's `tf.contrib.eager`, rebuilt in a few lines on TensorFlow 2's public API.

There is a file for each subject. `tfe_compat.namespace` lists them among all names, with the
changes that a user may notice. They behave as in TF 1.15.5 or, where it no longer had them, as in
the last release that did; `tests/rebuilt/` compares this with recordings.
"""
