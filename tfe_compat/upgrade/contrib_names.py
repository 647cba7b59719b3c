"""Where the names of tf.contrib, apart from tf.contrib.eager, are today: data.

Measured on TF 1.15.5 and TF 2.21: what has a new path is the same there, as tensorflow.compat.v1
has it. The rows are the names that occur most beside tf.contrib.eager in public code, and most in
TF 1 code at large.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a module or a name is.

    Attributes:
        path: Its new path; empty if it has none. What is in a module goes with it.
        remark: If it has none: where to find something like it. Else what doesn't go there.
        arguments: If only some calls do the same there: how many positional arguments they have
            at the most, and after that by which names they may pass others.
    """

    path: str = ""
    remark: str = ""
    arguments: tuple[int, str] | None = None


def _tf(path: str, positional: int | None = None, keywords: str = "", remark: str = "") -> Place:
    arguments = None if positional is None else (positional, keywords)
    return Place(f"tensorflow.{path}" if path else "tensorflow", remark, arguments)


def _gone(remark: str) -> Place:
    return Place(remark=remark)


_ADDONS = "tensorflow-addons (for TensorFlow up to 2.15)"
_SLIM = "pip install tf-slim; import tf_slim"
_ESTIMATOR = "tf.estimator left TensorFlow with 2.16; train with tf.keras or a loop of your own"
_CUDNN = "use tf.keras.layers.LSTM or GRU, which run on cuDNN by themselves"
_TABLE = (
    "use tf.lookup.StaticHashTable, or tf.lookup.StaticVocabularyTable for out-of-vocabulary "
    "buckets, with tf.lookup.KeyValueTensorInitializer or tf.lookup.TextFileInitializer"
)

CONTRIB_NAMES: Mapping[str, Place] = {
    f"tensorflow.contrib.{name}": place
    for name, place in {
        "autograph": _tf("autograph"),
        "autograph.set_element_type": _gone("not needed any more; use tf.TensorArray"),
        "autograph.stack": _gone("use tf.TensorArray and its stack"),
        "checkpoint": _gone("set attributes of a tf.Module or tf.train.Checkpoint"),
        "checkpoint.Checkpointable": Place("tfe_compat.Checkpointable"),
        "checkpoint.Dict": Place("dict"),
        "checkpoint.List": Place("list"),
        "checkpoint.Mapping": Place("dict"),
        "cloud": _gone("pip install tensorflow-io"),
        "cluster_resolver": _tf("distribute.cluster_resolver"),
        "crf": _gone(f"{_ADDONS}: tfa.text.crf_log_likelihood and its like"),
        "cudnn_rnn": _gone(_CUDNN),
        "data": _tf("data.experimental"),
        "data.assert_element_shape": _gone("use tf.ensure_shape in a map"),
        "data.batch_and_drop_remainder": _gone("use Dataset.batch(n, drop_remainder=True)"),
        "data.padded_batch_and_drop_remainder": _gone(
            "use Dataset.padded_batch(..., drop_remainder=True)"
        ),
        "data.python": _gone("an internal module; see tf.data.experimental"),
        "data.python.ops.prefetching_ops": _tf("data.experimental"),
        "data.python.ops.unique": _tf("data.experimental"),
        "data.python.ops.threadpool": _gone("use tf.data.Options().threading"),
        "data.reduce_dataset": _gone("use Dataset.reduce"),
        "data.sliding_window_batch": _gone("use Dataset.window and flat_map"),
        "distribute": _gone("see tf.distribute"),
        "distribute.CollectiveAllReduceStrategy": _gone(
            "use tf.distribute.experimental.MultiWorkerMirroredStrategy"
        ),
        "distribute.MirroredStrategy": _tf(
            "distribute.MirroredStrategy", 0, "devices cross_device_ops",
            "num_gpus is gone: pass devices",
        ),
        "distribute.OneDeviceStrategy": _tf("distribute.OneDeviceStrategy"),
        "distribute.ParameterServerStrategy": _gone(
            "use tf.distribute.experimental.ParameterServerStrategy"
        ),
        "distributions": _tf("distributions"),
        "distributions.MultivariateNormalDiag": _gone(
            "pip install tensorflow-probability: tfp.distributions.MultivariateNormalDiag"
        ),
        "distributions.bijectors": _gone("pip install tensorflow-probability: tfp.bijectors"),
        "distributions.percentile": _gone("pip install tensorflow-probability: tfp.stats"),
        "distributions.softplus_inverse": _gone("pip install tensorflow-probability: tfp.math"),
        "estimator": _gone(_ESTIMATOR),
        "factorization": _gone("it has no replacement"),
        "framework": _gone(_SLIM),
        "framework.argsort": _tf("argsort"),
        "framework.assert_global_step": _tf("train.assert_global_step"),
        "framework.assert_scalar": _tf("debugging.assert_scalar"),
        "framework.create_global_step": _tf("train.create_global_step"),
        "framework.get_global_step": _tf("train.get_global_step"),
        "framework.get_model_variables": _tf("model_variables", 1, "scope"),
        "framework.get_or_create_global_step": _tf("train.get_or_create_global_step"),
        "framework.is_tensor": _tf("is_tensor"),
        "framework.list_variables": _tf("train.list_variables"),
        "framework.load_checkpoint": _tf("train.load_checkpoint"),
        "framework.load_variable": _tf("train.load_variable", 2),
        "framework.nest": _tf("nest"),
        "framework.nest.is_sequence": _tf("nest.is_nested", 1),
        "framework.sort": _tf("sort"),
        "gan": _gone("pip install tensorflow-gan"),
        "graph_editor": _gone("it has no replacement"),
        "image": _gone(f"{_ADDONS}: tfa.image"),
        "integrate": _gone("pip install tensorflow-probability: tfp.math.ode"),
        "keras": _tf("keras"),
        "layers": _gone(f"{_SLIM} has the same functions; tf.layers has similar ones"),
        "layers.flatten": _tf("layers.flatten", 1, "inputs"),
        "layers.l1_regularizer": _tf("keras.regularizers.l1", 1),
        "layers.l2_regularizer": _gone(
            "tf.keras.regularizers.l2(0.5 * scale) is the same: it does not halve as this one does"
        ),
        "layers.variance_scaling_initializer": _gone(
            "use tf.variance_scaling_initializer: factor is scale there, mode is in lower case, "
            "and uniform=True is distribution='uniform'"
        ),
        "layers.xavier_initializer": _tf(
            "initializers.glorot_uniform", 0, "seed dtype",
            "for uniform=False use tf.initializers.glorot_normal",
        ),
        "layers.xavier_initializer_conv2d": _tf(
            "initializers.glorot_uniform", 0, "seed dtype",
            "for uniform=False use tf.initializers.glorot_normal",
        ),
        "learn": _gone(_ESTIMATOR),
        "legacy_seq2seq": _gone(f"{_ADDONS}: tfa.seq2seq"),
        "lite": _tf("lite"),
        "lookup": _tf("lookup"),
        "lookup.HashTable": _tf(
            "lookup.StaticHashTable", 2, "initializer default_value name",
            "shared_name is gone; so is the property init: use initializer",
        ),
        "lookup.IdTableWithHashBuckets": _gone(_TABLE),
        "lookup.MutableDenseHashTable": _tf("lookup.experimental.DenseHashTable"),
        "lookup.MutableHashTable": _tf("lookup.experimental.MutableHashTable"),
        "lookup.index_table_from_file": _gone(_TABLE),
        "lookup.index_table_from_tensor": _gone(_TABLE),
        "lookup.index_to_string_table_from_file": _gone(_TABLE),
        "lookup.index_to_string_table_from_tensor": _gone(_TABLE),
        "losses": _gone("see tf.losses: labels come first there"),
        "metrics": _gone("see tf.metrics: labels come first there"),
        "metrics.f1_score": _gone("use tf.keras.metrics.F1Score"),
        "metrics.streaming_mean": _tf("metrics.mean"),
        "mixed_precision": _gone("use tf.keras.mixed_precision"),
        "nn": _gone("see tf.nn"),
        "opt": _gone(f"{_ADDONS}: tfa.optimizers; tf.keras.optimizers"),
        "opt.AdamWOptimizer": _gone("use tf.keras.optimizers.AdamW"),
        "opt.NadamOptimizer": _gone("use tf.keras.optimizers.Nadam"),
        "periodic_resample": _gone("it has no replacement"),
        "predictor": _gone('use tf.saved_model.load(path).signatures["serving_default"]'),
        "quantize": _gone("pip install tensorflow-model-optimization"),
        "resampler": _gone(f"{_ADDONS}: tfa.image.resampler"),
        "rnn": _tf("nn.rnn_cell"),
        "rnn.BidirectionalGridLSTMCell": _gone("it has no replacement"),
        "rnn.GridLSTMCell": _gone("it has no replacement"),
        "rnn.LSTMBlockCell": _gone("use tf.nn.rnn_cell.LSTMCell"),
        "rnn.LSTMBlockFusedCell": _gone("use tf.keras.layers.LSTM"),
        "rnn.LayerNormBasicLSTMCell": _gone(f"{_ADDONS}: tfa.rnn.LayerNormLSTMCell"),
        "rnn.UGRNNCell": _gone("it has no replacement"),
        "rnn.stack_bidirectional_dynamic_rnn": _gone("use tf.nn.bidirectional_dynamic_rnn"),
        "rnn.static_bidirectional_rnn": _tf("nn.static_bidirectional_rnn"),
        "rnn.static_rnn": _tf("nn.static_rnn"),
        "saved_model": _gone("use tf.saved_model or a Keras model's save"),
        "seq2seq": _gone(f"{_ADDONS}: tfa.seq2seq"),
        "session_bundle": _gone("use tf.saved_model"),
        "signal": _tf("signal"),
        "slim": _gone(f"{_SLIM} as slim"),
        "sparsemax": _gone(f"{_ADDONS}: tfa.activations.sparsemax"),
        "staging": _gone("use Dataset.prefetch"),
        "summary.create_db_writer": _gone("it has no replacement; use create_file_writer"),
        "summary.import_event": _gone("it has no replacement; copy the event file"),
        "summary.summary_test_util": _gone("read events with tf.train.summary_iterator"),
        "tensor_forest": _gone("pip install tensorflow-decision-forests"),
        "tensorboard": _gone("pip install tensorboard: tensorboard.plugins.projector"),
        "tensorrt": _gone("see tf.experimental.tensorrt"),
        "tfprof": _tf("profiler"),
        "tpu": _tf("tpu"),
        "tpu.InputPipelineConfig": _gone(_ESTIMATOR),
        "tpu.RunConfig": _gone(_ESTIMATOR),
        "tpu.TPUConfig": _gone(_ESTIMATOR),
        "tpu.TPUEstimator": _gone(_ESTIMATOR),
        "tpu.TPUEstimatorSpec": _gone(_ESTIMATOR),
        "training": _gone(f"{_SLIM} has tf_slim.training and tf_slim.evaluation"),
        "training.HParams": Place("tfe_compat.training.HParams"),
        "training.checkpoints_iterator": _tf("train.checkpoints_iterator"),
        "util": _gone("see tf"),
        "util.constant_value": _tf("get_static_value"),
        "util.make_ndarray": _tf("make_ndarray"),
        "util.make_tensor_proto": _tf("make_tensor_proto"),
    }.items()
}  # fmt: skip
