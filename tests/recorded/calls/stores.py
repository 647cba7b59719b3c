"""Calls of Saver, restore_variables_on_create and EagerVariableStore.

Those of `LEGACY` use `tf.compat.v1.layers`, which needs legacy Keras.
"""

import os

import numpy as np
import tensorflow as tf
from recorded.outcomes import of_tensorflow, outcome, plain, temporary_folder, tfe_of_installed
from recorded.record import checkpoint

v1 = tf.compat.v1
CALLS, LEGACY = {}, {}


def call(function):
    CALLS[function.__name__] = function
    return function


def legacy_call(function):
    LEGACY[function.__name__] = function
    return function


def fresh():
    """Makes scopes and layers count from the start, whatever ran before."""
    v1.reset_default_graph()
    tf.keras.backend.clear_session()


def names(variables):
    return [variable.name for variable in variables]


def get(name="v", shape=(), value=1.0, **kwargs):
    """A variable of `tf.get_variable` that starts with a value."""
    return v1.get_variable(
        name, shape, initializer=v1.constant_initializer(value, tf.float32), **kwargs
    )


def optimizers():
    train = v1.train
    return {
        "Adadelta": train.AdadeltaOptimizer(0.1),
        "Adagrad": train.AdagradOptimizer(0.1),
        "AdagradDA": train.AdagradDAOptimizer(
            0.1, global_step=tf.Variable(1, dtype=tf.int64, trainable=False)
        ),
        "Adam": train.AdamOptimizer(0.1),
        "Ftrl": train.FtrlOptimizer(0.1),
        "GradientDescent": train.GradientDescentOptimizer(0.1),
        "Momentum": train.MomentumOptimizer(0.1, momentum=0.9),
        "ProximalAdagrad": train.ProximalAdagradOptimizer(0.1),
        "ProximalGradientDescent": train.ProximalGradientDescentOptimizer(0.1),
        "RMSProp": train.RMSPropOptimizer(0.1),
        "RMSProp centered": train.RMSPropOptimizer(0.1, momentum=0.9, centered=True),
        "named Adam": train.AdamOptimizer(0.1, name="second"),
    }


def written_variables(tfe):
    """A trained weight and bias, the slots and powers of Adam, and a step."""
    w = tfe.Variable([[1.0, 2.0]], name="layer/w")
    b = tfe.Variable([0.5], name="layer/b")
    step = tfe.Variable(0, dtype=tf.int64, name="global_step", trainable=False)
    optimizer = v1.train.AdamOptimizer(0.1)
    for _ in range(2):
        gradients = [(tf.constant([[1.0, -2.0]]), w), (tf.constant([0.25]), b)]
        optimizer.apply_gradients(gradients, global_step=step)
    return [w, b, step, *tfe.get_optimizer_variables(optimizer)]


def recurrent_layers():
    layers = tf.keras.layers

    class Recurrent(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.conv = layers.ConvLSTM2D(1, 2, return_sequences=True, name="named")
            self.layers_of_class = [layers.ConvLSTM2D(1, 2), layers.LSTM(2, return_sequences=True)]
            self.gru = layers.GRU(2, return_sequences=True, reset_after=False)
            self.simple = layers.SimpleRNN(3, return_sequences=True, name="simple")
            self.both_ways = layers.Bidirectional(layers.LSTM(2, return_sequences=True))
            self.cell = layers.RNN(layers.LSTMCell(2))

        def call(self, images):
            conv, lstm = self.layers_of_class
            images = conv(self.conv(images))
            x = tf.reshape(images, [1, 1, 1])
            for layer in (lstm, self.gru, self.simple, self.both_ways, self.cell):
                x = layer(x)
            return x

    model = Recurrent()
    model(tf.ones([1, 2, 3, 3, 1]))
    return model.trainable_variables


def a_cell_that_a_model_calls():
    class Decoder(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.cell = tf.keras.layers.LSTMCell(2)
            self.out = tf.keras.layers.Dense(1)

        def call(self, x):
            return self.out(self.cell(x, [tf.zeros([1, 2]), tf.zeros([1, 2])])[0])

    model = Decoder()
    model(tf.ones([1, 2]))
    return model.trainable_variables


def a_cell_of_the_user():
    class CellOfTheUser(tf.keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.state_size = 2

        def build(self, input_shape):
            self.kernel = self.add_weight(name="kernel", shape=(1, 2), initializer="ones")

        def call(self, inputs, states):
            output = tf.matmul(inputs, self.kernel) + states[0]
            return output, [output]

    layer = tf.keras.layers.RNN(CellOfTheUser())
    layer(tf.ones([1, 2, 1]))
    return layer.trainable_variables


def slots_of_recurrent_layers():
    layer = tf.keras.layers.LSTM(1)
    layer(tf.ones([1, 2, 1]))
    variables = [of_tensorflow(each) for each in layer.trainable_variables]
    optimizer = v1.train.AdamOptimizer(0.1)
    optimizer.apply_gradients([(tf.ones_like(each.read_value()), each) for each in variables])
    slots = [optimizer.get_slot(each, name) for each in variables for name in ("m", "v")]
    return [*layer.trainable_variables, *slots]


def a_sequential_without_input_shape():
    layers = tf.keras.layers
    model = tf.keras.Sequential([layers.Dense(2), layers.Dropout(0.5), layers.BatchNormalization()])
    model(tf.ones([1, 3]))
    return model.trainable_variables + model.non_trainable_variables


def a_sequential_with_input_shape():
    layers = tf.keras.layers
    model = tf.keras.Sequential([layers.InputLayer((3,)), layers.Dense(2), layers.Dense(1)])
    return model.trainable_variables


def a_sequential_in_a_model():
    class VGG16(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.blocks = tf.keras.Sequential([tf.keras.layers.Dense(2)])
            self.out = tf.keras.layers.Dense(1)

        def call(self, x):
            return self.out(self.blocks(x))

    model = VGG16()
    model(tf.ones([1, 3]))
    return model.trainable_variables


# Functions that return the variables of a model, of which TF 1.15.5 wrote a file.
MODELS = {
    function.__name__: function
    for function in (
        recurrent_layers,
        a_cell_that_a_model_calls,
        a_cell_of_the_user,
        slots_of_recurrent_layers,
        a_sequential_without_input_shape,
        a_sequential_with_input_shape,
        a_sequential_in_a_model,
    )
}


def numbered(variables, start):
    """Gives variables the values `start`, `start + 1` and so on."""
    for i, variable in enumerate(variables):
        variable.assign(tf.zeros(variable.shape) + start + i)
    return variables


def numbers(variables):
    """The numbers of variables: integers are the states of generators, which have none."""
    values = [np.unique(variable.numpy()).tolist() for variable in variables]
    return [value for value in values if isinstance(value[0], float)]


@call
def files_of_models(tfe):
    results = {}
    for name, model in MODELS.items():
        fresh()
        variables = model()
        floats = [variable for variable in variables if "float" in str(variable.dtype)]
        numbered(floats, -100.0)
        tfe.Saver(variables).restore(checkpoint("stores", name))
        results[name] = numbers(floats)
    return results


@call
def files_of_models_restored_when_created(tfe):
    results = {}
    for name, model in MODELS.items():
        if name != "slots_of_recurrent_layers":  # which are changed after they are created
            fresh()
            with tfe.restore_variables_on_create(checkpoint("stores", name)):
                results[name] = numbers(model())
    return results


@call
def names_of_models_in_files(tfe):
    results = {}
    for name in ("recurrent_layers", "a_cell_that_a_model_calls", "slots_of_recurrent_layers"):
        fresh()
        variables = numbered(MODELS[name](), 1.0)
        with temporary_folder() as path:
            prefix = tfe.Saver(variables).save(os.path.join(path, "ckpt"))
            reader = tf.train.load_checkpoint(prefix)
            shapes = reader.get_variable_to_shape_map()
            results[name] = {each: np.unique(reader.get_tensor(each)) for each in shapes}
            numbered(variables, -100.0)
            tfe.Saver(variables).restore(prefix)
            results[name]["restored"] = numbers(variables)
    return results


@call
def optimizer_variables(tfe):
    results = {}
    for title, optimizer in optimizers().items():
        results[title] = [names(tfe.get_optimizer_variables(optimizer))]
        w, b = tfe.Variable([1.0], name="w"), tfe.Variable(2.0, name="b")
        optimizer.apply_gradients([(tf.constant([0.5]), w), (tf.constant(-0.5), b)])
        results[title].append(names(tfe.get_optimizer_variables(optimizer)))
    return results


@call
def save_and_restore(tfe):
    with temporary_folder() as path:
        v, w = tfe.Variable(1.0, name="v"), tfe.Variable([2, 3], name="scope/w")
        step = tfe.Variable(7, dtype=tf.int64)
        prefix = os.path.join(path, "ckpt")
        saver = tfe.Saver([v, w])
        paths = [saver.save(prefix)]
        paths += [saver.save(prefix, global_step=s) for s in (3, tf.constant(4), step)]
        paths += [saver.save(prefix, 0), tf.train.latest_checkpoint(path)]
        v.assign(5.0)
        w.assign([0, 0])
        results = [[os.path.relpath(p, path) for p in paths], sorted(os.listdir(path))]
        results += [tf.train.list_variables(prefix), saver.restore(prefix + "-3"), v, w]
        tfe.Saver(var_list=[w, v]).restore(file_prefix=prefix)
        results += [tfe.Saver({"v": tfe.Variable(9.0)}).restore(prefix)]
        return results


@call
def dictionaries(tfe):
    with temporary_folder() as path:
        prefix = os.path.join(path, "ckpt")
        v, w = tfe.Variable(1.0, name="v"), tfe.Variable(2.0, name="w")
        tfe.Saver({"a/v": v, "b": w}).save(prefix)
        results = [tf.train.list_variables(prefix)]
        tfe.Saver({"a/v": w, "b": v}).restore(prefix)
        results += [v, w, outcome(tfe.Saver([v, w]).restore, prefix)]
        saver = outcome(tfe.Saver, {"a": v, "b": v})
        results += [saver if isinstance(saver, str) else outcome(saver.save, prefix)]
        return results


@call
def the_same_twice(tfe):
    with temporary_folder() as path:
        prefix = os.path.join(path, "ckpt")
        v, again = tfe.Variable(1.0, name="v"), tfe.Variable(2.0, name="v")
        results = [os.path.relpath(tfe.Saver([v, v]).save(prefix), path)]
        saver = tfe.Saver([v, again])
        results += [outcome(saver.save, prefix), outcome(saver.restore, prefix)]
        return results, tf.train.list_variables(prefix)


@call
def savers_that_cannot_be(tfe):
    v = tfe.Variable(1.0, name="v")
    results = [outcome(tfe.Saver), outcome(tfe.Saver, None)]
    with temporary_folder() as path:
        for var_list in (None, [], {}, 3, "v", [1.0], v, (v,), {"a": 1.0}, {1: v}):
            saver = outcome(tfe.Saver, var_list)
            results.append(saver if isinstance(saver, str) else "made")
            if not isinstance(saver, str):
                saved = outcome(saver.save, os.path.join(path, "ckpt"))
                results.append(os.path.basename(saved))
    with tf.Graph().as_default():
        results += [outcome(tfe.Saver, [v])]
    return results


@call
def files_that_cannot_be(tfe):
    with temporary_folder() as path:
        prefix = os.path.join(path, "ckpt")
        v = tfe.Variable([1.0], name="v")
        saver = tfe.Saver([v])
        results = [outcome(saver.save, os.path.join(path, "new", "ckpt"))[-8:]]
        results += [outcome(saver.restore, prefix), outcome(saver.restore, None)]
        saver.save(prefix)
        results += [outcome(tfe.Saver([tfe.Variable(1.0, name="v")]).restore, prefix)]
        results += [outcome(tfe.Saver([tfe.Variable([1], name="v")]).restore, prefix)]
        results += [outcome(tfe.Saver([tfe.Variable([1.0], name="w")]).restore, prefix)]
        return results


@call
def only_the_last_five_files_are_kept(tfe):
    with temporary_folder() as path:
        saver = tfe.Saver([tfe.Variable(1.0, name="v")])
        for step in range(7):
            saver.save(os.path.join(path, "ckpt"), global_step=step)
        return sorted(os.listdir(path))


@call
def every_optimizer_goes_on_from_its_file(tfe):
    results = {}
    for title, optimizer in optimizers().items():
        with temporary_folder() as path:
            w = tfe.Variable([1.0, -1.0], name="w")
            gradients = [(tf.constant([0.5, 0.25]), w)]
            optimizer.apply_gradients(gradients)
            saver = tfe.Saver([w, *tfe.get_optimizer_variables(optimizer)])
            prefix = saver.save(os.path.join(path, "ckpt"))
            optimizer.apply_gradients(gradients)
            after = plain(w)
            saver.restore(prefix)
            before = plain(w)
            optimizer.apply_gradients(gradients)
            results[title] = [before, after, plain(w) == after, tf.train.list_variables(prefix)]
    return results


@call
def an_object_based_checkpoint(tfe):
    with temporary_folder() as path:
        v = tfe.Variable(1.0, name="v")
        path = tfe.Checkpoint(root=v).write(os.path.join(path, "ckpt"))
        v.assign(2.0)
        return outcome(tfe.Saver([v]).restore, path), v


def saved(tfe, path):
    """Writes a: [1], scope/b: 2, v: 3, v/Momentum: 4."""
    variables = {
        "a": tfe.Variable([1.0]),
        "scope/b": tfe.Variable(2.0),
        "v": tfe.Variable(3.0),
        "v/Momentum": tfe.Variable(4.0),
    }
    return tfe.Saver(variables).save(os.path.join(path, "ckpt"))


@call
def restored_when_created(tfe):
    with temporary_folder() as path:
        prefix = saved(tfe, path)
        with tfe.restore_variables_on_create(prefix) as entered:
            a = tfe.Variable([0.0], name="a")
            with tf.name_scope("scope"):
                b = tfe.Variable(0.0, name="b")
            v = get()
            optimizer = v1.train.MomentumOptimizer(1.0, 0.5)
            optimizer.apply_gradients([(tf.constant(1.0), v)])
            second = tfe.Variable([7.0], name="a")
        after = tfe.Variable([8.0], name="a")
        return entered, a, b, v, tfe.get_optimizer_variables(optimizer), second, after


@call
def names_are_mapped(tfe):
    with temporary_folder() as path:
        prefix = saved(tfe, path)
        asked = []

        def map_func(name):
            asked.append(name)
            return {"x": "a", "y/z": "scope/b"}.get(name, name)

        with tfe.restore_variables_on_create(save_path=prefix, map_func=map_func):
            x = tfe.Variable([0.0], name="x")
            with v1.variable_scope("y"):
                z = get("z")
        return x, z, asked


@call
def not_in_the_file(tfe):
    def creation(create, **kwargs):
        try:
            with tfe.restore_variables_on_create(prefix, **kwargs):
                return create()
        except Exception as error:
            # Ours goes on with the way out.
            return type(error).__name__, getattr(error, "message", "").partition(".")[0]

    with temporary_folder() as path:
        prefix = saved(tfe, path)
        results = [creation(lambda: tfe.Variable(0.0, name="c"))]
        results += [creation(lambda: get("c"))]
        results += [creation(lambda: tfe.Variable(0.0))]
        results += [creation(lambda: tfe.Variable(0.0, name="v"), map_func=lambda name: name * 2)]
        results += [creation(lambda: tfe.Variable(0.0, name="a"))[0]]
        results += [creation(lambda: tfe.Variable([0], name="a"))[0]]
        results += [creation(lambda: tfe.Variable(0.0, name="a"), map_func=3)[0]]
        results += [creation({}.popitem)[0], tfe.Variable([5.0], name="a")]
        return results


@call
def no_file_to_restore(tfe):
    def creation(*args, **kwargs):
        with tfe.restore_variables_on_create(*args, **kwargs):
            return tfe.Variable(5.0, name="a")

    results = [outcome(creation, path) for path in (None, "")]
    results += [outcome(creation), outcome(creation, None, map_func=3)]
    with temporary_folder() as path:
        results += [outcome(creation, path)]
        prefix = saved(tfe, path)
        results += [outcome(creation, path, lambda name: "v")]
        with tf.Graph().as_default():
            results += [outcome(creation, prefix), outcome(creation, None)]
    return results


@call
def restored_when_a_function_creates_it(tfe):
    with temporary_folder() as path:
        created = []

        @tfe.defun
        def f():
            if not created:
                created.append(tfe.Variable(0.0, name="v"))
            return created[0] + 1.0

        with tfe.restore_variables_on_create(saved(tfe, path)):
            return f(), f(), created


@call
def files_may_go_while_restoring(tfe):
    with temporary_folder() as path, tfe.restore_variables_on_create(saved(tfe, path)):
        for name in os.listdir(path):
            os.remove(os.path.join(path, name))
        return tfe.Variable(0.0, name="v")


@call
def a_store_keeps_its_variables(tfe):
    store = tfe.EagerVariableStore()
    with store.as_default() as entered:
        w = get("w", [2])
        with v1.variable_scope("scope"):
            first = get()
            fixed = get("fixed", trainable=False)
        loose = tfe.Variable(1.0, name="loose")
    with store.as_default():
        again = [get("w", [2], 5.0) is w]
        with v1.variable_scope("scope"):
            again += [get() is first, get(trainable=False) is first]
        with v1.variable_scope("other"):
            again += [get() is first]
        again += [v1.get_local_variable("w", [2]) is w]
    again += [get("w", [2]) is w]
    w.assign([3.0, 4.0])
    results = [entered, again, w, fixed.trainable, loose.name]
    results += [names(store.variables()), names(store.trainable_variables())]
    return [*results, names(store.non_trainable_variables()), type(store.variables()).__name__]


@call
def a_store_checks_shape_and_type(tfe):
    store = tfe.EagerVariableStore()
    with store.as_default():
        w = get("w", [2, 3])
        constant = v1.get_variable("constant", initializer=tf.constant([1.0]))
        results = []
        for shape in ([2, 3], [2], [3, 2], [None, 3], None, 2):
            found = outcome(v1.get_variable, "w", shape)
            results.append(found if isinstance(found, str) else found is w)
        for dtype in (tf.float32, tf.float64, np.float32, "float32", "int32", None):
            found = outcome(v1.get_variable, "w", [2, 3], dtype)
            results.append(found if isinstance(found, str) else found is w)
        for initializer in (tf.constant([2.0]), tf.constant([2.0, 3.0]), np.float32([4.0])):
            found = outcome(v1.get_variable, "constant", initializer=initializer)
            results.append(found if isinstance(found, str) else found is constant)
        return [*results, outcome(v1.get_variable, "new"), outcome(v1.get_variable, "")]


@call
def stores_and_reuse(tfe):
    store = tfe.EagerVariableStore()
    results = []
    with store.as_default():
        for reuse in (None, False, True, v1.AUTO_REUSE):
            with v1.variable_scope("scope", reuse=reuse):
                get()
                results.append(names(store.variables()))
            with v1.variable_scope(f"scope_{reuse}", reuse=reuse):
                results.append(outcome(lambda: get().name))
        with v1.variable_scope("late") as scope:
            get()
            scope.reuse_variables()
            results.append(outcome(lambda: get("new").name))
    with v1.variable_scope("scope", reuse=True):
        results.append(outcome(lambda: get().name))
    return results, names(store.variables())


@call
def stores_within_stores(tfe):
    first, second = tfe.EagerVariableStore(), tfe.EagerVariableStore()
    with first.as_default():
        a = get()
        with second.as_default():
            b = get()
            get("only_second")
            with first.as_default():
                results = [get() is a]
            results += [get() is b]
        results += [get() is a]
        get("only_first")
    return results, a is b, names(first.variables()), names(second.variables())


@call
def stores_and_scopes(tfe):
    store = tfe.EagerVariableStore()
    with v1.variable_scope("before"), store.as_default():
        get()
    with store.as_default():
        with v1.variable_scope("within") as within:
            w = get()
        defaults = []
        for _ in range(2):
            with v1.variable_scope(None, default_name="unique") as scope:
                defaults += [scope.name]
    with store.as_default(), v1.variable_scope(None, default_name="unique") as scope:
        defaults += [scope.name]
    with v1.variable_scope(within):
        apart = get() is w
    with store.as_default(), v1.variable_scope(within):
        together = get() is w
    return names(store.variables()), defaults, apart, together


@call
def stores_and_custom_getters(tfe):
    asked = []

    def custom_getter(getter, name, *args, **kwargs):
        asked.append(name)
        return 2.0 * getter(name, *args, **kwargs)

    store = tfe.EagerVariableStore()
    values = []
    with v1.variable_scope("outer", custom_getter=custom_getter):
        for _ in range(2):
            with store.as_default():
                values += [get()]
    for _ in range(2):
        with store.as_default(), v1.variable_scope("inner", custom_getter=custom_getter):
            values += [get()]
    return values, asked, names(store.variables())


@call
def a_store_in_a_function(tfe):
    store = tfe.EagerVariableStore()

    @tfe.defun
    def f(x):
        return get("w", [2]) * x

    with store.as_default():
        return f(tf.constant(2.0)), names(store.variables()), get("w", [2]).name


@call
def variables_of_functions(tfe):
    x = tf.constant([2.0, 3.0])

    @tfe.defun
    def bare(x):
        w = get("bare")
        return w.assign_add(1.0) * x * get("second", [2], 3.0)

    @tfe.defun
    def reused(x):
        with v1.variable_scope("scope", reuse=v1.AUTO_REUSE):
            return get("v") * get("v") * x

    @tfe.defun
    def with_same_name(x):
        return get("bare") * x

    results = [bare(x), bare(x), outcome(bare, x[0]), bare(x)]
    results += [reused(x), reused(x[0]), outcome(with_same_name, x)]
    template = tfe.defun(tfe.make_template("template", lambda x: get("v") * x))
    results += [template(x), template(x[0]), template(x)]
    (pair,) = tfe.implicit_gradients(tfe.defun(lambda x: tf.reduce_sum(get("w") * x)))(x)
    return [*results, pair[0], pair[1].name]


@call
def a_copy_of_a_store(tfe):
    store = tfe.EagerVariableStore()
    with store.as_default(), v1.variable_scope("scope"):
        v = get()
        get("fixed", [1], 2.0, trainable=False)
    copy = store.copy()
    v.assign(9.0)
    results = [type(copy) is type(store), names(copy.variables()), copy.variables()]
    results += [names(copy.trainable_variables()), copy.variables()[1] is v]
    with copy.as_default(), v1.variable_scope("scope"):
        results += [get() is copy.variables()[1], get("new").name]
    return results, names(store.variables())


@call
def the_dictionary_of_a_store(tfe):
    store = tfe.EagerVariableStore()
    with store.as_default(), v1.variable_scope("scope"):
        v = get()
    shared = tfe.EagerVariableStore(store._store)
    results = [list(store._store._vars), store._store._vars["scope/v"] is v]
    store._store._vars["w"] = w = tfe.Variable(3.0, name="another")
    with shared.as_default():
        results += [get("w") is w, names(shared.variables())]
        del store._store._vars["w"]
        results += [get("w") is w, names(store.variables())]
    store._store._vars.clear()
    results += [shared.variables(), outcome(tfe.EagerVariableStore, 3)]
    return [*results, outcome(tfe.EagerVariableStore, store), store.copy()._store is store._store]


@call
def an_error_leaves_the_store(tfe):
    store = tfe.EagerVariableStore()

    def fails():
        with store.as_default():
            get("a")
            {}.popitem()

    results = [outcome(fails), names(store.variables())]
    get("b")
    results += [outcome(store.as_default().__enter__), names(store.variables())]
    return results


@legacy_call
def layers_find_their_variables_again(tfe):
    store = tfe.EagerVariableStore()
    x = tf.ones([1, 2])
    results = []
    for _ in range(2):
        with store.as_default():
            y = v1.layers.dense(x, 3, name="first")
            y = v1.layers.batch_normalization(y, training=True, name="norm")
            results.append(v1.layers.dense(y, 1, name="second").shape.as_list())
    results += [names(store.variables()), names(store.trainable_variables())]
    results += [names(store.non_trainable_variables())]
    unnamed = tfe.EagerVariableStore()
    for _ in range(2):
        with unnamed.as_default():
            v1.layers.dense(v1.layers.dense(x, 3), 1)
        results.append(names(unnamed.variables()))
    scoped = tfe.EagerVariableStore()
    for _ in range(2):
        with scoped.as_default(), v1.variable_scope("model"):
            v1.layers.dense(x, 1, name="d", kernel_initializer=v1.ones_initializer())
        results.append(names(scoped.variables()))
    outside = v1.layers.Dense(1, name="object")
    with scoped.as_default():
        outside(x)
        tf.keras.layers.Dense(1, name="keras")(x)
    return [*results, names(scoped.variables())]


@legacy_call
def layers_in_functions(tfe):
    x = tf.ones([1, 2])
    ones = v1.ones_initializer()
    f = tfe.defun(lambda x: v1.layers.dense(x, 2, kernel_initializer=ones))

    @tfe.defun
    def second(x):
        hidden = v1.layers.dense(x, 3, kernel_initializer=ones)
        return v1.layers.dense(hidden, 1, kernel_initializer=ones)

    results = [f(x), second(x), second(x), v1.layers.dense(x, 1, kernel_initializer=ones)]
    pairs = tfe.implicit_gradients(lambda: tf.reduce_sum(second(x)))()
    layer = v1.layers.Dense(1, kernel_initializer=ones)
    called = tfe.defun(lambda x: layer(x))
    results += [[gradient for gradient, _ in pairs], called(x), called(tf.ones([2, 2]))]
    return [*results, len(layer.variables)]


@legacy_call
def layers_are_restored_when_created(tfe):
    with temporary_folder() as path:
        variables = {
            "dense/kernel": tfe.Variable([[2.0], [3.0]]),
            "dense/bias": tfe.Variable([4.0]),
            "named/kernel": tfe.Variable([[5.0], [6.0]]),
        }
        prefix = tfe.Saver(variables).save(os.path.join(path, "ckpt"))
        x = tf.ones([1, 2])
        with tfe.restore_variables_on_create(prefix):
            results = [v1.layers.Dense(1)(x)]
            results += [v1.layers.dense(x, 1, name="named", use_bias=False)]
            results += [outcome(v1.layers.dense, x, 1, name="unknown")]
        with tfe.restore_variables_on_create(prefix, lambda name: name.replace("net", "named")):
            results += [tf.keras.layers.Dense(1, use_bias=False, name="net")(x)]
        return results


def write_checkpoints(folder):
    tfe = tfe_of_installed()
    tfe.Saver(written_variables(tfe)).save(os.path.join(folder, "saver"))
    for name, model in MODELS.items():
        fresh()
        tfe.Saver(numbered(model(), 1.0)).save(os.path.join(folder, name))


def outcomes():
    return outcomes_of({**CALLS, **LEGACY})


def outcomes_of(calls):
    tfe = tfe_of_installed()
    found = {}
    for name in sorted(calls):
        try:
            fresh()
            found[name] = plain(calls[name](tfe))
        except Exception as error:  # under TF 2, where a comparison shows it
            found[name] = f"{type(error).__name__}: {error}"
    return found
