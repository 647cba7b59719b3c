"""Sets TensorFlow up for all tests: two logical CPU devices, as the recordings have."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from tfe_compat.conformance import api

api.prepare()
