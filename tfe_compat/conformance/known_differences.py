"""Where we differ from TF 1.15.5 on purpose, with the reason, and what we do instead.

This is the only such list. Each difference names the cases that show it and, for each of them, what
we do: either exactly what TF 1.15.5 is recorded to do in another case, which asks for the same
thing in a way that it handles correctly, or an exception. Random programs show some differences
too: `programs.deviations` names them, and the recordings hold what TF 1.15.5 does with the program
once it is rewritten to avoid them.

The name of a case is given without the function in brackets, and stands for all its functions.
"""

from __future__ import annotations

from typing import NamedTuple

from tfe_compat.inputs import MAX_RANGE
from tfe_compat.parameters import MAX_PARAMS

CRASHED = "crashed"
HUNG = "never returned"
FAILED_BY_ACCIDENT = "failed by accident"
SILENTLY_WRONG = "silently wrong"
CLEARER_MESSAGE = "clearer message"
TENSORFLOW_CHANGED = "TensorFlow itself changed"


class SameAs(NamedTuple):
    """What is recorded of TF 1.15.5 for another case, with the same function."""

    case: str


class Raises(NamedTuple):
    """An exception whose class name and message match these regular expressions."""

    name: str
    message: str


class KnownDifference(NamedTuple):
    """A way in which we differ from TF 1.15.5."""

    name: str
    reason: str
    original: str
    ours: str
    cases: dict[str, SameAs | Raises]
    # Whether the installed TensorFlow may still do what TF 1.15.5 does.
    depends_on_tensorflow: bool = False


KNOWN_DIFFERENCES = [
    KnownDifference(
        "default left out",
        FAILED_BY_ACCIDENT,
        "With `params=None`, a call that leaves out an argument raises IndexError, because the "
        "parameters of the signature are counted. Calls of TensorFlow operations, which all end in "
        "`name=None`, fail for this reason.",
        "The arguments that the call passes are differentiated. If a required one is missing, "
        "`f` raises its own TypeError.",
        {
            "default_left_out": SameAs("default_left_out_but_params_given"),
            "operation_with_its_name_left_out": SameAs("operation_by_index"),
            "unary_operation_with_its_name_left_out": SameAs("unary_operation_by_index"),
            "required_argument_left_out": Raises("TypeError", "missing 1 required .* 'y'"),
        },
    ),
    KnownDifference(
        "self counted as an argument",
        SILENTLY_WRONG,
        "With names or `params=None`, a bound `self` or `cls` counts as the first argument: this "
        "raises IndexError or gives the gradient of the wrong argument.",
        "Only the arguments of the call are counted.",
        {
            "bound_method": SameAs("bound_method_by_index"),
            "bound_method_by_name": SameAs("bound_method_by_its_first_index"),
            "bound_method_by_self": Raises("ValueError", r"'self'.*\['x', 'y'\]"),
            "bound_method_with_default_left_out": SameAs(
                "bound_method_with_default_left_out_by_index"
            ),
            "bound_method_with_rest": SameAs("bound_method_with_rest_by_index"),
            "class_method": SameAs("class_method_by_index"),
            "callable_object": SameAs("callable_object_by_index"),
            "callable_object_with_rest": SameAs("callable_object_with_rest_by_index"),
            "partial_of_a_bound_method": SameAs("partial_of_a_bound_method_by_index"),
            "class_as_function": SameAs("class_as_function_by_index"),
            "concrete_function": SameAs("concrete_function_by_index"),
            "keras_layer": SameAs("keras_layer_by_index"),
            "keras_layer_by_name": Raises("ValueError", "'inputs'"),
            "keras_model": SameAs("keras_model_by_index"),
        },
    ),
    KnownDifference(
        "iterator as params",
        SILENTLY_WRONG,
        "A generator passed as `params` is used up while it is checked, and no gradients are "
        "returned.",
        "An iterator is read once, when the function is made.",
        {
            "generator_of_indices": SameAs("indices_out_of_order"),
            "generator_of_names": SameAs("names_out_of_order"),
            "generator_used_by_two_calls": SameAs("indices_out_of_order"),
        },
    ),
    KnownDifference(
        "params changed later",
        SILENTLY_WRONG,
        "Changing a list after passing it as `params` changes what later calls differentiate.",
        "`params` are read only once, by the first call.",
        {
            "params_changed_after_the_first_call": SameAs("params_changed_before_the_first_call"),
        },
    ),
    KnownDifference(
        "NumPy integers as params",
        FAILED_BY_ACCIDENT,
        "NumPy integers in `params` raise ValueError.",
        "They are accepted as integers.",
        {
            "numpy_integers": SameAs("indices_out_of_order"),
            "numpy_array_of_indices": SameAs("indices_out_of_order"),
        },
    ),
    KnownDifference(
        "negative index",
        SILENTLY_WRONG,
        "The argument at a negative index is neither converted to a tensor (SystemError) nor kept "
        "apart from another argument that is the same tensor.",
        "A negative index counts from the end and otherwise works like any other.",
        {
            "negative_index_of_a_python_number": SameAs("index_of_a_python_number"),
            "negative_index_of_a_numpy_array": SameAs("index_of_a_numpy_array"),
            "negative_index_of_a_variable": SameAs("index_of_a_variable"),
            "one_tensor_as_two_arguments_by_negative_indices": SameAs(
                "one_tensor_as_two_arguments_by_indices"
            ),
        },
    ),
    KnownDifference(
        "wrong params in a tuple",
        FAILED_BY_ACCIDENT,
        "A tuple of strings and integers as `params` raises TypeError while the error message is "
        "being formatted.",
        "ValueError, as for a list.",
        {
            "tuple_of_strings_and_integers": Raises(
                "ValueError", r"all strings or all integers; got \('x', 0\)"
            ),
        },
    ),
    KnownDifference(
        "None returned by a callable without a name",
        FAILED_BY_ACCIDENT,
        "If an `f` without `__name__` returns None, AttributeError is raised.",
        "ValueError, as for a function, naming the partial's function or the object's class.",
        {
            "none_returned_by_a_partial": Raises("ValueError", "a value from forgetful"),
            "none_returned_by_a_callable_object": Raises("ValueError", "a value from Forgetful"),
            "none_returned_by_a_partial_of_variables": Raises("ValueError", "value from forgetful"),
        },
    ),
    KnownDifference(
        "number as dy",
        FAILED_BY_ACCIDENT,
        "Python and NumPy values passed as `dy` keep their own dtype, which raises "
        "InvalidArgumentError if it is not that of the output.",
        "They take the dtype of their output if it is floating or complex.",
        {
            "dy_as_int_of_31_digits": SameAs("dy_of_1e30"),
            "dy_as_python_int": SameAs("dy_of_a_scalar"),
            "dy_as_python_bool": SameAs("dy_is_none"),
            "dy_as_python_float_for_float64": SameAs("dy_of_float64"),
            "dy_as_float64_array_for_float32": SameAs("dy_of_float32"),
            "dy_as_float32_array_for_float64": SameAs("dy_of_ten_in_float64"),
            "dy_as_integer_array": SameAs("dy_as_float_array"),
            "dy_as_python_complex": SameAs("dy_of_complex"),
        },
    ),
    KnownDifference(
        "dy out of range",
        FAILED_BY_ACCIDENT,
        "A number in `dy` that is too large for the dtype of its output raises ValueError ('Can't "
        "convert Python sequence ...'), or InvalidArgumentError if it has another dtype.",
        "A ValueError that names the dtype.",
        {
            "dy_as_int_of_41_digits": Raises("ValueError", "range of float32"),
            "dy_as_int_of_401_digits": Raises("ValueError", "range of float64"),
            "dy_as_python_float_out_of_range": Raises("ValueError", "range of float32"),
            "dy_as_float64_array_out_of_range_of_float32": Raises("ValueError", "range of float32"),
            "dy_as_python_float_out_of_range_of_float16": Raises("ValueError", "range of float16"),
        },
    ),
    KnownDifference(
        "complex dy for a real output",
        SILENTLY_WRONG,
        "Complex numbers as the `dy` of a real output give a complex gradient, unless an operation "
        "on the way refuses them (InvalidArgumentError).",
        "InvalidArgumentError.",
        {
            "dy_as_complex_for_a_real_output": Raises("InvalidArgumentError", "dy is complex"),
            "dy_as_complex_array_for_a_real_output": Raises(
                "InvalidArgumentError", "dy is complex"
            ),
            "dy_as_python_complex_for_a_real_output": Raises(
                "InvalidArgumentError", "dy is complex"
            ),
        },
    ),
    KnownDifference(
        "signature of a partial of a tf.function",
        FAILED_BY_ACCIDENT,
        "The signature can't be read, so selecting by name raises ValueError.",
        "The signature is read.",
        {"partial_of_a_tf_function_by_name": SameAs("partial_of_a_tf_function_by_index")},
    ),
    KnownDifference(
        "AutoGraph",
        FAILED_BY_ACCIDENT,
        "Inside a `tf.function`, AutoGraph does not convert `f`, so a branch on a tensor raises "
        "OperatorNotAllowedInGraphError.",
        "AutoGraph converts `f` as if it had been called directly.",
        {
            "tf_function_around_a_branch_on_a_tensor": SameAs("tf_function_around_a_branch_taken"),
        },
    ),
    KnownDifference(
        "variable not asked for",
        FAILED_BY_ACCIDENT,
        "Gradients with respect to the variables that `f` reads are computed too, and discarded: "
        "LookupError if an operation without a gradient reads one.",
        "Only the arguments that `params` select are differentiated.",
        {
            "operation_without_gradient_on_another_path": SameAs(
                "operation_without_gradient_on_a_constant"
            ),
        },
    ),
    KnownDifference(
        "wrong number of tensors in dy",
        CRASHED,
        "If `dy` has some tensors but fewer than `f` has outputs, memory past the end of the list "
        "is read: a segmentation fault, or arbitrary gradients. Surplus tensors are ignored.",
        "A ValueError that gives both counts.",
        {
            "dy_with_too_few_tensors": Raises("ValueError", "dy has 1 .* f returned 2;"),
            "dy_with_far_too_few_tensors": Raises("ValueError", "dy has 1 .* f returned 1000;"),
            "dy_with_too_many_tensors": Raises("ValueError", "dy has 2 .* f returned 1;"),
            "dy_as_python_list_for_a_vector": Raises("ValueError", "dy has 2 .* tf.constant"),
        },
    ),
    KnownDifference(
        "nested too deeply",
        CRASHED,
        "A list nested more than 254 deep as an argument kills the process (SIGABRT); one nested "
        "deeper than Python's stack raises RecursionError.",
        "ValueError.",
        {
            "list_nested_deeper_than_a_tensor": Raises("ValueError", "more than 254 deep"),
            "list_nested_deeper_than_the_stack": Raises("ValueError", "more than 254 deep"),
        },
    ),
    KnownDifference(
        "time differences or matrices in a list",
        CRASHED,
        "A list of `numpy.timedelta64` (SIGSEGV) or of `numpy.matrix` (SIGABRT) as an argument "
        "kills the process.",
        "ValueError.",
        {
            "list_of_time_differences": Raises("ValueError", r"delta / .*timedelta64\(1,'s'\)$"),
            "list_of_an_integer_and_a_time_difference": Raises("ValueError", "numpy.timedelta64"),
            "list_of_an_array_of_time_differences": Raises("ValueError", "numpy.timedelta64"),
            "list_of_a_matrix": Raises(
                "ValueError", r"numpy.matrix .* got matrix\(\[\[1., 2.\]\]\)"
            ),
        },
    ),
    KnownDifference(
        "endless sequence",
        HUNG,
        "Endless `params` (`itertools.count()`), or a sequence whose `__getitem__` never raises "
        "IndexError as an argument, as `dy` or as a value, are read forever.",
        f"ValueError; also for more than {MAX_PARAMS:,} `params`, and for a `range` of more than "
        f"{MAX_RANGE:,} elements.",
        {
            "argument_without_end": Raises("ValueError", "goes on after its length of 1"),
            "data_set_without_end": Raises("ValueError", "goes on after its length of 1"),
            "row_without_end": Raises("ValueError", "goes on after its length of 1"),
            "value_without_end": Raises("ValueError", "goes on after its length of 1"),
            "dy_without_end": Raises("ValueError", "goes on after its length of 1"),
            "params_without_end": Raises("ValueError", f"more than {MAX_PARAMS:,} entries"),
        },
    ),
    KnownDifference(
        "vjp called again",
        FAILED_BY_ACCIDENT,
        "A second call of a `vjp` that is not persistent raises InternalError ('Internal state of "
        "the gradient tape is invalid'). `persistent` has no effect unless it is `True` itself.",
        "RuntimeError. Any true value of `persistent` has the same effect as `True`.",
        {
            "vjp_that_is_not_persistent_called_twice": Raises("RuntimeError", "persistent"),
            "vjp_with_another_true_value_for_persistent": SameAs("vjp_with_persistent_true"),
        },
    ),
    KnownDifference(
        "value of implicit functions that is not a tensor",
        FAILED_BY_ACCIDENT,
        "`implicit_value_and_gradients` raises AttributeError ('no attribute _id') if `f` returns "
        "anything but tensors.",
        "Each leaf becomes a tensor, as in `value_and_gradients_function`.",
        {
            "variable_returned_beside_a_tensor": SameAs("variable_read_and_returned"),
            "python_number_returned_beside_a_tensor": SameAs("tensor_returned_beside_a_tensor"),
            "none_leaf_returned_by_a_function_of_variables": Raises("ValueError", "None"),
        },
    ),
    KnownDifference(
        "message about params",
        CLEARER_MESSAGE,
        '"\'z\' is not in list", "list index out of range", "\'int\' object is not iterable"',
        "The same exceptions say what was passed, what is available, and how to fix the call.",
        {
            "unknown_name": Raises("ValueError", r"'z'.*\['x', 'y'\]"),
            "name_of_rest": Raises("ValueError", r"'rest'.*\['x'\]"),
            "name_of_a_keyword_only_parameter": Raises("ValueError", r"'y'.*\['x'\]"),
            "partial_by_the_name_it_has_filled": Raises("ValueError", r"'x'.*\['y'\]"),
            "wraps_wrapper_by_the_name_of_what_it_wraps": Raises("ValueError", r"'x'.*\[\]"),
            "differentiated_function_by_name": Raises("ValueError", r"'x'.*\[\]"),
            "signature_that_cannot_be_read_by_name": Raises("ValueError", r"'a'.*\[\]"),
            "keyword_argument_with_wrong_params": Raises("ValueError", r"'z'.*\['x', 'y'\]"),
            "name_of_a_default_left_out": Raises("IndexError", "argument 1, .* has 1 "),
            "index_out_of_range": Raises("IndexError", "argument 2, .* has 2 "),
            "negative_index_out_of_range": Raises("IndexError", "argument -3, .* has 2 "),
            "index_without_arguments": Raises("IndexError", "argument 0, .* has 0 "),
            "params_that_are_no_iterable": Raises("TypeError", "iterable of .*; got 1"),
        },
    ),
    KnownDifference(
        "message about a value that is not a single tensor",
        CLEARER_MESSAGE,
        "\"object of type 'RaggedTensor' has no len()\", 'Attempt to convert a value ... with an "
        "unsupported type'",
        "The same exception says how to convert a RaggedTensor, a SparseTensor or a "
        "LinearOperator to a single tensor.",
        {
            "ragged_tensor_as_argument": Raises("ValueError", r"pass or return x\.to_tensor\(\)"),
            "ragged_tensor_returned": Raises("ValueError", r"pass or return x\.to_tensor\(\)"),
            "sparse_tensor_as_an_argument": Raises("ValueError", r"tf\.sparse\.to_dense\(x\)"),
            "sparse_tensor_returned_beside_a_tensor": Raises(
                "ValueError", r"tf\.sparse\.to_dense\(x\)"
            ),
            "linear_operator_returned": Raises("ValueError", r"return x\.to_dense\(\)"),
        },
    ),
    KnownDifference(
        "message about keyword arguments",
        CLEARER_MESSAGE,
        "'Functions to be differentiated cannot receive keyword arguments.'",
        "The same exceptions name the arguments and say how to pass them.",
        {
            "keyword_argument": Raises(
                "ValueError|AssertionError", r"functools.partial: got \['y'\]"
            ),
            "keyword_argument_beside_dy": Raises(
                "ValueError|AssertionError", r"functools.partial: got \['y'\]"
            ),
            "dy_given_too_early_to_make_vjp": Raises("AssertionError", r"\['dy'\]"),
        },
    ),
    KnownDifference(
        "message about variables",
        CLEARER_MESSAGE,
        "'No trainable variables were accessed while the function was being computed.'",
        "The same exception names the function and says what to use instead.",
        {
            "no_trainable_variable": Raises("ValueError", "No trainable .* <lambda> .*arguments"),
            "only_variables_that_are_not_trainable": Raises("ValueError", "No trainable"),
            "variable_returned_unread": Raises("ValueError", "No trainable"),
        },
    ),
    KnownDifference(
        "TensorFlow's own messages",
        TENSORFLOW_CHANGED,
        "TensorFlow raises the exceptions about a `dy` of the wrong dtype and about IndexedSlices "
        "without a shape.",
        "So it does here, with the wording of the installed TensorFlow.",
        {
            "dy_of_another_dtype": Raises("InvalidArgumentError", "cannot compute Mul"),
            "dy_as_string": Raises("InvalidArgumentError|NotFoundError", "Mul"),
            "indexed_slices_without_a_shape_returned": Raises("ValueError", "without dense_shape"),
        },
        depends_on_tensorflow=True,
    ),
    KnownDifference(
        "variable read by tf.stop_gradient",
        TENSORFLOW_CHANGED,
        "A variable that `f` reads only inside `tf.stop_gradient` is among the pairs, with None as "
        "its gradient.",
        "The variable is not among the pairs: today's `tf.stop_gradient` reads it where no tape "
        "sees it.",
        {"variable_read_only_by_stop_gradient": SameAs("variable_beside_a_constant")},
        depends_on_tensorflow=True,
    ),
    KnownDifference(
        "device of the gradient of an argument returned as it is",
        TENSORFLOW_CHANGED,
        "If `f` returns its argument itself, the gradient is on the device of the call.",
        "So it is here, except on TensorFlow 2.5, whose tape leaves it on the argument's device.",
        {
            "argument_returned_on_the_second_device": SameAs(
                "argument_returned_on_the_second_device_with_its_gradient_on_the_first"
            )
        },
        depends_on_tensorflow=True,
    ),
]


def differences_by_case() -> dict[str, KnownDifference]:
    return {case: difference for difference in KNOWN_DIFFERENCES for case in difference.cases}


def as_markdown() -> str:
    """The list as the Markdown table in docs/differences.md."""
    lines = ["| | TF 1.15.5 | tfe_compat | Why |", "| --- | --- | --- | --- |"]
    lines += [f"| {d.name} | {d.original} | {d.ours} | {d.reason} |" for d in KNOWN_DIFFERENCES]
    return "\n".join(lines) + "\n"
