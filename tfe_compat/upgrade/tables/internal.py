"""Where the names of TensorFlow's internal modules, and its tutorials, are in public: data."""

from __future__ import annotations

from collections.abc import Mapping

from tfe_compat.upgrade.tables.destinations import Destination, gone, in_tensorflow

# A module, and those whose public names are all in it.
_MODULES = {
    "": """
        framework.constant_op framework.dtypes framework.ops framework.random_seed
        framework.sparse_tensor framework.tensor_shape framework.tensor_spec ops.array_ops
        ops.check_ops ops.clip_ops ops.control_flow_ops ops.functional_ops ops.gradients
        ops.gradients_impl ops.init_ops ops.math_ops ops.numerics ops.parsing_ops ops.random_ops
        ops.script_ops ops.state_ops ops.template ops.tensor_array_ops ops.variable_scope
        ops.variables client.session
    """,
    "app": "platform.app",
    "data": "data data.ops.dataset_ops data.ops.iterator_ops data.ops.readers",
    "data.experimental": "data.experimental data.experimental.ops.unique",
    "errors": "framework.errors framework.errors_impl",
    "flags": "platform.flags",
    "gfile": "platform.gfile",
    "image": "ops.image_ops ops.image_ops_impl",
    "keras": "keras keras._impl.keras",
    "layers": """
        layers layers.base layers.convolutional layers.core layers.layers layers.normalization
        layers.pooling
    """,
    "linalg": "ops.linalg_ops",
    "logging": "platform.tf_logging",
    "losses": "ops.losses.losses ops.losses.losses_impl",
    "metrics": "ops.metrics ops.metrics_impl",
    "nest": "util.nest data.util.nest",
    "nn": "ops.nn ops.nn_impl ops.nn_ops ops.rnn",
    "nn.rnn_cell": "ops.rnn_cell ops.rnn_cell_impl",
    "saved_model": "saved_model.saved_model",
    "strings": "ops.string_ops",
    "summary": "summary.summary summary.writer.writer summary.summary_iterator",
    "test": "eager.test framework.test_util platform.test platform.googletest",
    "train": """
        training.adadelta training.adagrad training.adam training.checkpoint_management
        training.checkpoint_utils training.checkpointable.util training.checkpointable_utils
        training.coordinator training.ftrl training.gradient_descent training.input
        training.learning_rate_decay training.momentum training.monitored_session
        training.moving_averages training.optimizer training.queue_runner training.rmsprop
        training.saver training.tracking.util training.training training.training_util
        pywrap_tensorflow
    """,
}

# Names that their module's row does not say where they are.
_NAMES = {
    "data.util.nest.is_sequence": "nest.is_nested",
    "eager.backprop.GradientTape": "GradientTape",
    "eager.context.executing_eagerly": "executing_eagerly",
    "eager.def_function.function": "function",
    "eager.remote.connect_to_remote_host": "config.experimental_connect_to_host",
    "framework.ops.context.executing_eagerly": "executing_eagerly",
    "framework.test_util.TensorFlowTestCase": "test.TestCase",
    "keras.engine.base_layer.Layer": "keras.layers.Layer",
    "keras.engine.training.Model": "keras.Model",
    "ops.init_ops.Constant": "constant_initializer",
    "ops.init_ops.Ones": "ones_initializer",
    "ops.init_ops.Zeros": "zeros_initializer",
    "ops.custom_gradient.custom_gradient": "custom_gradient",
    "ops.lookup_ops.HashTable": "lookup.StaticHashTable",
    "ops.lookup_ops.KeyValueTensorInitializer": "lookup.KeyValueTensorInitializer",
    "ops.resource_variable_ops.ResourceVariable": "Variable",
    "util.nest.is_sequence": "nest.is_nested",
}

# Without a public name, and still there.
_KEPT = ("client.device_lib",)

_NOWHERE = "TensorFlow has no public name for it"
_GONE = {
    "": f"an internal module; {_NOWHERE} that the tool knows",
    "eager.context": "an internal module; see tf.executing_eagerly and tf.config",
    "eager.context.eager_mode": "use tf.init_scope() where eager execution is on",
    "eager.context.graph_mode": "use tf.Graph().as_default()",
    "eager.tape": "use tf.GradientTape and its stop_recording",
    "framework.ops.EagerTensor": "use tf.Tensor",
    "framework.test_util.assert_no_garbage_created": _NOWHERE,
    "framework.test_util.assert_no_new_pyobjects_executing_eagerly": _NOWHERE,
    "framework.test_util.assert_no_new_tensors": _NOWHERE,
    "framework.test_util.run_gpu_only": (
        'use unittest.skipUnless(tf.config.list_physical_devices("GPU"), ...)'
    ),
    "framework.test_util.use_gpu": "use tf.device",
    "keras.engine": "an internal module; see tf.keras",
    "keras.saving": "an internal module; see tf.keras.models",
    "ops.lookup_ops": "an internal module; see tf.lookup",
    "ops.resource_variable_ops": "use tf.Variable",
    "ops.variable_scope.EagerVariableStore": "wrap the function in tf.make_template",
    "platform.tf_logging.TaskLevelStatusMessage": _NOWHERE,
    "pywrap_tensorflow.TF_PickUnusedPortOrDie": "use socket.bind with port 0",
    "training.tracking.util.object_metadata": _NOWHERE,
}


def _join(*names: str) -> str:
    return ".".join(name for name in names if name)


INTERNAL_NAMES: Mapping[str, Destination] = {
    **{_join("tensorflow.python", old): gone(remark) for old, remark in _GONE.items()},
    **{
        f"tensorflow.python.{old}": in_tensorflow(new)
        for new, modules in _MODULES.items()
        for old in modules.split()
    },
    **{f"tensorflow.python.{old}": in_tensorflow(new) for old, new in _NAMES.items()},
    **{f"tensorflow.python.{name}": in_tensorflow(f"python.{name}") for name in _KEPT},
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
