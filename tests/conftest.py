"""Sets TensorFlow up for all tests: two logical CPU devices, as the recordings have."""

import gc
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def pytest_configure(config):
    # Where workers of xdist run the tests, the process that hands them out needs no TensorFlow.
    if hasattr(config, "workerinput") or not getattr(config.option, "numprocesses", None):
        from tfe_compat.conformance import api

        api.prepare()


def pytest_collection_finish():
    gc.freeze()  # else each collection in a test walks through all of TensorFlow, in 0.2 s


def pytest_collection_modifyitems(items):
    # What takes long comes first, so that at the end no worker of xdist waits for another.
    items.sort(key=lambda item: item.get_closest_marker("multiprocess") is None)
