"""Sets TensorFlow up for all tests: two logical CPU devices, as the recordings have."""

import gc
import os

import forked_tensorflow
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def pytest_configure(config):
    is_worker = hasattr(config, "workerinput")
    if forked_tensorflow.FORKS and not is_worker:
        forked_tensorflow.start_servers()
    # Where workers of xdist run the tests, the process that hands them out needs no TensorFlow.
    if is_worker or not getattr(config.option, "numprocesses", None):
        from tfe_compat.conformance import api

        api.prepare()


@pytest.fixture(scope="module", autouse=True)
def quick_collections():
    """Lets collections of garbage pass over what was there before the tests of a file.

    Keras makes one in each clear_session: they would walk for 0.3 s through TensorFlow, the tests
    and what earlier tests have left, which is never freed.
    """
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items):
    # What takes long comes first, so that at the end no worker of xdist waits for another.
    items.sort(key=lambda item: item.get_closest_marker("multiprocess") is None)
