"""Where the names of tf.contrib, apart from tf.contrib.eager, are today: data.

Measured on TF 1.15.5 and TF 2.21: what has a new path is the same there, as tensorflow.compat.v1
has it. The rows are the names that occur most beside tf.contrib.eager in public code, and most in
TF 1 code at large.
"""

from __future__ import annotations

from collections.abc import Mapping

from tfe_compat.upgrade.tables.destinations import Destination, gone, in_tensorflow

_ADDONS = "tensorflow-addons (for TensorFlow up to 2.15)"
_SLIM = "tf-slim (pip install tf-slim)"
ESTIMATOR = "tf.estimator left TensorFlow with 2.16; train with tf.keras or a loop of your own"
_CUDNN = "use tf.keras.layers.LSTM or GRU, which run on cuDNN by themselves"
_TABLE = (
    "use tf.lookup.StaticHashTable, or tf.lookup.StaticVocabularyTable for out-of-vocabulary "
    "buckets, with tf.lookup.KeyValueTensorInitializer or tf.lookup.TextFileInitializer"
)

CONTRIB_NAMES: Mapping[str, Destination] = {
    f"tensorflow.contrib.{name}": place
    for name, place in {
        "autograph": in_tensorflow("autograph"),
        "autograph.set_element_type": gone("not needed any more; use tf.TensorArray"),
        "autograph.stack": gone("use tf.TensorArray and its stack"),
        "checkpoint": gone("set attributes of a tf.Module or tf.train.Checkpoint"),
        "checkpoint.Dict": Destination("dict"),
        "checkpoint.List": Destination("list"),
        "checkpoint.Mapping": Destination("dict"),
        "cloud": gone("pip install tensorflow-io"),
        "cluster_resolver": in_tensorflow("distribute.cluster_resolver"),
        "crf": gone(f"{_ADDONS}: tfa.text.crf_log_likelihood and its like"),
        "cudnn_rnn": gone(_CUDNN),
        "cudnn_rnn.CudnnCompatibleLSTMCell": gone(
            "use tf.nn.rnn_cell.LSTMCell(n, forget_bias=0.0)"
        ),
        "data": in_tensorflow("data.experimental"),
        "data.assert_element_shape": gone("use tf.ensure_shape in a map"),
        "data.batch_and_drop_remainder": gone("use Dataset.batch(n, drop_remainder=True)"),
        "data.padded_batch_and_drop_remainder": gone(
            "use Dataset.padded_batch(..., drop_remainder=True)"
        ),
        "data.python": gone("an internal module; see tf.data.experimental"),
        "data.python.ops.prefetching_ops": in_tensorflow("data.experimental"),
        "data.python.ops.unique": in_tensorflow("data.experimental"),
        "data.python.ops.threadpool": gone("use tf.data.Options().threading"),
        "data.reduce_dataset": gone("use Dataset.reduce"),
        "data.sliding_window_batch": gone("use Dataset.window and flat_map"),
        "distribute": gone("see tf.distribute"),
        "distribute.CollectiveAllReduceStrategy": gone(
            "use tf.distribute.experimental.MultiWorkerMirroredStrategy"
        ),
        "distribute.MirroredStrategy": in_tensorflow(
            "distribute.MirroredStrategy", 0, "devices cross_device_ops",
            "num_gpus is gone: pass devices",
        ),
        "distribute.ParameterServerStrategy": gone(
            "use tf.distribute.experimental.ParameterServerStrategy"
        ),
        "distributions": in_tensorflow("distributions"),
        "distributions.MultivariateNormalDiag": gone(
            "pip install tensorflow-probability: tfp.distributions.MultivariateNormalDiag"
        ),
        "distributions.bijectors": gone("pip install tensorflow-probability: tfp.bijectors"),
        "distributions.percentile": gone("pip install tensorflow-probability: tfp.stats"),
        "distributions.softplus_inverse": gone("pip install tensorflow-probability: tfp.math"),
        "estimator": gone(ESTIMATOR),
        "factorization": gone("it has no replacement"),
        "framework": gone(_SLIM),
        "framework.assert_global_step": in_tensorflow("train.assert_global_step"),
        "framework.create_global_step": in_tensorflow("train.create_global_step"),
        "framework.get_global_step": in_tensorflow("train.get_global_step"),
        "framework.get_model_variables": in_tensorflow("model_variables", 1, "scope"),
        "framework.get_or_create_global_step": in_tensorflow("train.get_or_create_global_step"),
        "framework.init_from_checkpoint": in_tensorflow("train.init_from_checkpoint", 2),
        "framework.list_variables": in_tensorflow("train.list_variables"),
        "framework.load_checkpoint": in_tensorflow("train.load_checkpoint"),
        "framework.load_variable": in_tensorflow("train.load_variable", 2),
        "gan": gone("pip install tensorflow-gan"),
        "graph_editor": gone("it has no replacement"),
        "image": gone(f"{_ADDONS}: tfa.image"),
        "integrate": gone("pip install tensorflow-probability: tfp.math.ode"),
        "keras": in_tensorflow("keras"),
        "layers": gone(f"{_SLIM} has the same functions; tf.layers has similar ones"),
        "layers.flatten": in_tensorflow("layers.flatten", 1, "inputs"),
        "layers.l1_l2_regularizer": gone("use tf.keras.regularizers.l1_l2(l1, 0.5 * l2)"),
        "layers.l1_regularizer": gone("use tf.keras.regularizers.l1(scale)"),
        "layers.l2_regularizer": gone(
            "use tf.keras.regularizers.l2(0.5 * scale): Keras does not halve the scale"
        ),
        "layers.variance_scaling_initializer": gone(
            "use tf.variance_scaling_initializer: factor is scale there, mode is in lower case, "
            "and uniform=True is distribution='uniform'"
        ),
        "layers.xavier_initializer": in_tensorflow(
            "initializers.glorot_uniform", 0, "seed dtype",
            "for uniform=False use tf.initializers.glorot_normal",
        ),
        "layers.xavier_initializer_conv2d": in_tensorflow(
            "initializers.glorot_uniform", 0, "seed dtype",
            "for uniform=False use tf.initializers.glorot_normal",
        ),
        "learn": gone(ESTIMATOR),
        "legacy_seq2seq": gone(f"{_ADDONS}: tfa.seq2seq"),
        "lite": in_tensorflow("lite"),
        "lookup": in_tensorflow("lookup"),
        "lookup.HashTable": in_tensorflow(
            "lookup.StaticHashTable", 2, "initializer default_value name",
            "shared_name is gone; so is the property init: use initializer",
        ),
        "lookup.IdTableWithHashBuckets": gone(_TABLE),
        "lookup.MutableHashTable": gone("use tf.lookup.experimental.MutableHashTable"),
        "lookup.index_table_from_file": gone(_TABLE),
        "lookup.index_table_from_tensor": gone(_TABLE),
        "lookup.index_to_string_table_from_file": gone(_TABLE),
        "lookup.index_to_string_table_from_tensor": gone(_TABLE),
        "losses": gone("see tf.losses: labels come first there"),
        "metrics": gone("see tf.metrics: labels come first there"),
        "metrics.f1_score": gone("use tf.keras.metrics.F1Score"),
        "metrics.streaming_mean": in_tensorflow("metrics.mean"),
        "mixed_precision": gone("use tf.keras.mixed_precision"),
        "nn": gone("see tf.nn"),
        "opt": gone(f"{_ADDONS}: tfa.optimizers; tf.keras.optimizers"),
        "opt.AdamWOptimizer": gone("use tf.keras.optimizers.AdamW"),
        "opt.NadamOptimizer": gone("use tf.keras.optimizers.Nadam"),
        "periodic_resample": gone("it has no replacement"),
        "predictor": gone('use tf.saved_model.load(path).signatures["serving_default"]'),
        "quantize": gone("pip install tensorflow-model-optimization"),
        "resampler": gone(f"{_ADDONS}: tfa.image.resampler"),
        "rnn": in_tensorflow("nn.rnn_cell"),
        "rnn.BidirectionalGridLSTMCell": gone("it has no replacement"),
        "rnn.GridLSTMCell": gone("it has no replacement"),
        "rnn.LSTMBlockCell": in_tensorflow(
            "nn.rnn_cell.LSTMCell", 1, "forget_bias cell_clip dtype reuse name",
            "forget_bias is no second positional argument there; use_peephole is use_peepholes",
        ),
        "rnn.LSTMBlockFusedCell": gone("use tf.keras.layers.LSTM"),
        "rnn.LayerRNNCell": in_tensorflow("nn.rnn_cell.RNNCell"),  # with the same variables
        "rnn.LayerNormBasicLSTMCell": gone(f"{_ADDONS}: tfa.rnn.LayerNormLSTMCell"),
        "rnn.UGRNNCell": gone("it has no replacement"),
        "rnn.stack_bidirectional_dynamic_rnn": gone("use tf.nn.bidirectional_dynamic_rnn"),
        "saved_model": gone("use tf.saved_model or a Keras model's save"),
        "seq2seq": gone(f"{_ADDONS}: tfa.seq2seq"),
        "session_bundle": gone("use tf.saved_model"),
        "signal": in_tensorflow("signal"),
        "slim": gone(f"{_SLIM}: import tf_slim as slim"),
        "sparsemax": gone(f"{_ADDONS}: tfa.activations.sparsemax"),
        "staging": gone("use Dataset.prefetch"),
        "summary.create_db_writer": gone("it has no replacement; use create_file_writer"),
        "summary.import_event": gone("it has no replacement; copy the event file"),
        "summary.summary_test_util": gone("read events with tf.train.summary_iterator"),
        "tensor_forest": gone("pip install tensorflow-decision-forests"),
        "tensorboard": gone("pip install tensorboard: tensorboard.plugins.projector"),
        "tensorrt": gone("see tf.experimental.tensorrt"),
        "tfprof": in_tensorflow("profiler"),
        "tpu": in_tensorflow("tpu"),
        "tpu.InputPipelineConfig": gone(ESTIMATOR),
        "tpu.RunConfig": gone(ESTIMATOR),
        "tpu.TPUConfig": gone(ESTIMATOR),
        "tpu.TPUEstimator": gone(ESTIMATOR),
        "tpu.TPUEstimatorSpec": gone(ESTIMATOR),
        "training": gone(f"{_SLIM} has tf_slim.training and tf_slim.evaluation"),
        "training.python.training.hparam": Destination("tfe_compat.training"),
        "training.checkpoints_iterator": in_tensorflow("train.checkpoints_iterator"),
        "util": gone("see tf"),
    }.items()
}  # fmt: skip
