"""The names of TF 1.x's `tf.contrib.eager` that are a few lines over TensorFlow 2's public API.

A file for each subject. `tfe_compat.namespace` lists them beside all the others, with what a user
may find changed. The behaviour is that of TF 1.15.5 or, of names that it no longer had, of the last
release that had them; `tests/test_namespace.py` compares it.
"""
