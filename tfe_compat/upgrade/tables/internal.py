"""Names of TensorFlow's internal modules that are gone, and what to use instead.

Which internal names are public as well, and which are still there, `public_names.py` has.
"""

from __future__ import annotations

from collections.abc import Mapping

from tfe_compat.upgrade.tables.contrib import ESTIMATOR
from tfe_compat.upgrade.tables.destinations import Destination, gone, in_tensorflow

# Classes that tf.estimator and tf.train had in common.
_ESTIMATOR_AND_TRAIN = """
    CheckpointSaverHook CheckpointSaverListener FeedFnHook FinalOpsHook GlobalStepWaiterHook
    LoggingTensorHook NanLossDuringTrainingError NanTensorHook ProfilerHook SecondOrStepTimer
    SessionRunArgs SessionRunContext SessionRunHook SessionRunValues StepCounterHook StopAtStepHook
    SummarySaverHook VocabInfo
"""

INTERNAL_NAMES: Mapping[str, Destination] = {
    **{
        f"tensorflow.python.{name}": destination
        for name, destination in {
            "data.util.nest.is_sequence": in_tensorflow("nest.is_nested"),
            "util.nest.is_sequence": in_tensorflow("nest.is_nested"),
            "pywrap_tensorflow.NewCheckpointReader": in_tensorflow("train.NewCheckpointReader"),
            "pywrap_tensorflow.TF_PickUnusedPortOrDie": gone("use socket.bind with port 0"),
        }.items()
    },
    "tensorflow.keras.__version__": in_tensorflow("__version__"),  # of Keras, there is none
    "tensorflow.estimator": gone(ESTIMATOR),
    **{
        f"tensorflow.estimator.{name}": in_tensorflow(f"train.{name}")
        for name in _ESTIMATOR_AND_TRAIN.split()
    },
    "tensorflow.estimator.ModeKeys.EVAL": Destination('"eval"'),
    "tensorflow.estimator.ModeKeys.PREDICT": Destination('"infer"'),
    "tensorflow.estimator.ModeKeys.TRAIN": Destination('"train"'),
    "tensorflow.contrib.learn.ModeKeys.EVAL": Destination('"eval"'),
    "tensorflow.contrib.learn.ModeKeys.INFER": Destination('"infer"'),
    "tensorflow.contrib.learn.ModeKeys.TRAIN": Destination('"train"'),
    "tensorflow.examples": gone("TensorFlow's examples are no longer installed with it"),
    "tensorflow.examples.tutorials.mnist": gone(
        "use tf.keras.datasets.mnist.load_data(): uint8 of 28 x 28, class numbers; divide "
        "by 255, reshape to 784 and tf.one_hot as needed"
    ),
    "tensorflow.contrib.eager.python": gone(
        "an internal module of tf.contrib.eager; tfe_compat has its public names"
    ),
    "tensorflow.contrib.eager.python.examples": gone(
        "TensorFlow's examples are in no release; copy the file from TensorFlow's sources "
        "of 2018 or 2019 into your program and run tfe-upgrade on it"
    ),
}
