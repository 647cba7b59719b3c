"""The comparison with the recordings of TF 1.15.5, run here too."""

from tfe_compat.conformance.test_conformance import comparer, test_same_as_tf_1_15_5  # noqa: F401
