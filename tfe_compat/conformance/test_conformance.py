"""`pytest --pyargs tfe_compat.conformance`: each case and program as a test.

The tests make the same comparisons as `python -m tfe_compat.conformance`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import tensorflow as tf

from tfe_compat.conformance import api, comparison, report

TFE = api.prepare()
SUBJECTS = list(comparison.subjects())


@pytest.fixture(scope="module")
def comparer(pytestconfig: pytest.Config) -> Iterator[comparison.Comparer]:
    logger = tf.get_logger()
    level = logger.level
    logger.setLevel("ERROR")
    yield comparison.Comparer(TFE, pytestconfig.getoption("tfe_compat_device", None))
    logger.setLevel(level)


# In sessions that turn warnings into errors, a case would raise what it does not raise elsewhere.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("subject", SUBJECTS, ids=[subject.name for subject in SUBJECTS])
def test_same_as_tf_1_15_5(
    subject: comparison.Subject,
    comparer: comparison.Comparer,
    record_property: Callable[[str, object], None],
) -> None:
    compared = comparer.compare(subject)
    if compared.verdict == comparison.MISMATCH:
        pytest.fail(report.mismatch(compared, comparer.device), pytrace=False)
    if compared.verdict == comparison.KNOWN:
        record_property(comparison.KNOWN, ", ".join(compared.because))
