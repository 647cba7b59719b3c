"""TF 1.15.5's behavior, recorded, and the comparison with it.

`python -m tfe_compat.conformance` compares the TensorFlow installed here with the recordings, and
so does `pytest --pyargs tfe_compat.conformance`. The modules `api`, `outcome` and `record` and the
packages `cases` and `programs` also run on Python 3.7 with TF 1.15.5, where
`python -m tfe_compat.conformance.record` writes the recordings.
"""
