"""Calls of Network, Sequential and the functions that save and restore them.

They use the layers of `tf.compat.v1.layers` or, with Keras 3, those of `tf.keras.layers`.
"""

import os

import tensorflow as tf
from recorded.calls.stores import fresh, names, outcomes_of
from recorded.outcomes import outcome, temporary_folder, tfe_of_installed

v1 = tf.compat.v1
layers = tf.keras.layers if hasattr(tf.keras, "Variable") else v1.layers
CALLS, KERAS_2 = {}, {}
ONE = [[1.0, 2.0]]


def call(function):
    CALLS[function.__name__] = function
    return function


def call_of_keras_2(function):
    """Keras 3 gives other names here, or has no scopes of variables."""
    KERAS_2[function.__name__] = function
    return function


def one():
    return tf.constant(ONE)


def dense(units=1, **kwargs):
    ones = v1.ones_initializer() if layers is not tf.keras.layers else "ones"
    return layers.Dense(units, kernel_initializer=ones, **kwargs)


def classes(tfe):
    class Net(tfe.Network):
        def __init__(self, name=None, **kwargs):
            super().__init__(name=name)
            self.first = self.track_layer(dense(2, **kwargs))
            self.second = self.track_layer(dense(1))

        def call(self, x):
            return self.second(self.first(x))

    class Outer(tfe.Network):
        def __init__(self, name=None):
            super().__init__(name)
            self.a = self.track_layer(Net())
            self.b = self.track_layer(dense(2, name="middle"))
            self.c = self.track_layer(Net(name="inner"))

        def call(self, x):
            return self.c(self.b(self.a(x)))

    return Net, Outer


def written_network(tfe):
    _, Outer = classes(tfe)
    network = Outer()
    network(one())
    for i, variable in enumerate(network.variables):
        variable.assign(tf.zeros_like(variable) + float(i))
    return network


@call
def names_of_variables(tfe):
    Net, _ = classes(tfe)
    results = []
    dense(3)  # counts for nothing
    for name in (None, "", "given", None):
        net = Net(name)
        before = outcome(getattr, net, "name")
        result = net(one())
        results.append([before, net.name, net.scope_name, result, names(net.variables)])
    return results


@call
def names_are_given_in_the_order_of_calls(tfe):
    Net, _ = classes(tfe)
    first, second = Net(), Net()
    second(one())
    first(one())
    return first.name, second.name, [layer.name for layer in first.layers]


@call
def networks_in_networks(tfe):
    _, Outer = classes(tfe)
    outer, other = Outer(), Outer()
    results = [outer.a.name, outer.b.name, outer.c.name, outcome(lambda: outer.name)]
    results += [outer(one()), outer.name, names(outer.variables), outer.a.scope_name]
    return [*results, other(one()), names(other.variables)]


@call
def bad_names(tfe):
    Net, _ = classes(tfe)
    with v1.variable_scope("scope") as scope:
        results = [outcome(Net, scope), outcome(Net, "a/b")]
    Net("twice")(one())
    results += [outcome(Net("twice"), one()), outcome(Net("scope"), one())]

    class Collision(tfe.Network):
        def __init__(self):
            super().__init__()
            self.track_layer(dense(name="d"))
            self.track_layer(dense(name="d"))

    return [*results, outcome(Collision)]


@call
def tracking(tfe):
    class NoInit(tfe.Network):
        def __init__(self):
            self.track_layer(dense())

    class Lists(tfe.Network):
        def __init__(self):
            super().__init__()
            self.list = [self.track_layer(dense(1)) for _ in range(2)]
            self.track_layer(self.list[0])
            self.untracked = dense(1)

        def call(self, x):
            for layer in self.list:
                x = layer(x)
            return self.untracked(x)

    net = Lists()
    results = [outcome(NoInit), outcome(net.track_layer, 3), outcome(net.track_layer, tf.nn.relu)]
    results += [net(one()), [layer.name for layer in net.layers], names(net.variables)]
    return results


@call
def getting_layers(tfe):
    _, Outer = classes(tfe)
    outer = Outer("outer")
    found = [outer.get_layer("net") is outer.a, outer.get_layer(name="middle") is outer.b]
    found += [outer.get_layer(index=i) is outer.layers[i] for i in (0, 2)]
    found += [outer.get_layer(index=-1) is outer.c]
    found += [outcome(outer.get_layer, *args) for args in ((), ("none",), ("middle", 1))]
    return [*found, outcome(outer.get_layer, index=3), outcome(outer.get_layer, "")]


@call
def what_a_network_has(tfe):
    class Normed(tfe.Network):
        def __init__(self):
            super().__init__()
            self.d = self.track_layer(dense(1))
            self.n = self.track_layer(layers.BatchNormalization())

        def call(self, x, training=False):
            return self.n(self.d(x), training=training)

    net = Normed()
    results = [net.built, net.variables, net.trainable, outcome(setattr, net, "trainable", False)]
    net(one())
    net(one(), training=True)
    net(one(), True)
    net.trainable = True
    results += [net.built, names(net.weights), names(net.trainable_weights)]
    results += [names(net.trainable_variables), names(net.non_trainable_variables)]
    results += [names(net.non_trainable_weights), [type(v).__name__ for v in net.variables][:1]]
    results += [outcome(net.add_variable, "v", []), outcome(net.add_loss, 1.0)]
    net.d.trainable = False
    return [*results, names(net.trainable_variables)]


@call
def losses(tfe):
    class Total(tf.keras.regularizers.Regularizer):  # Keras 3.12 takes no plain function
        def __call__(self, weight):
            return 2.0 * tf.reduce_sum(weight)

    Net, _ = classes(tfe)
    net = Net(kernel_regularizer=Total())
    net(one())
    outer = tfe.Sequential([net, dense(1, kernel_regularizer=Total())])
    outer(one())
    return net.losses, outer.losses, outer.name


@call
def training_with_gradients(tfe):
    Net, _ = classes(tfe)
    net = Net()
    optimizer = v1.train.GradientDescentOptimizer(0.1)
    loss = tfe.implicit_gradients(lambda x: tf.reduce_sum(net(x)))
    optimizer.apply_gradients(loss(one()))
    with tfe.GradientTape() as tape:
        y = net(one())
    gradients = tape.gradient(y, net.variables)
    optimizer.apply_gradients(zip(gradients, net.variables))
    return net.variables, net(one())


@call
def sequential(tfe):
    def scaled(x, training=None):
        return x if training is None else x + (1.0 if training else -1.0)

    net = tfe.Sequential([dense(2), scaled, lambda x: 2.0 * x])
    results = [net(one()), net(one(), training=True), net(one(), False), net.name]
    net.add(dense(1))
    results += [net(one()), names(net.variables), len(net.layers), outcome(net.add, 3)]
    named = tfe.Sequential(layers_funcs=(dense(1), layers.Dropout(0.5)), name="named")
    results += [named(one()), named(one(), training=False), names(named.variables)]
    empty = tfe.Sequential()
    return [*results, empty(one()), empty.name]


@call
def saved_and_restored(tfe):
    Net, _ = classes(tfe)
    with temporary_folder() as path:
        net = Net("net")
        results = [outcome(tfe.save_network_checkpoint, net, path)]
        net(one())
        paths = [tfe.save_network_checkpoint(net, path)]
        paths += [tfe.save_network_checkpoint(net, os.path.join(path, "x"), global_step=3)]
        v1.train.get_or_create_global_step().assign(7)
        paths += [tfe.save_network_checkpoint(network=net, save_path=path)]
        results += [[os.path.relpath(p, path) for p in paths], tf.train.list_variables(paths[0])]
        net.variables[0].assign([[5.0, 5.0], [5.0, 5.0]])
        tfe.restore_network_checkpoint(net, paths[1])
        results += [net.variables[0]]
        net.variables[0].assign([[5.0, 5.0], [5.0, 5.0]])
        tfe.restore_network_checkpoint(network=net, save_path=path)
        results += [net.variables[0]]
        results += [outcome(tfe.restore_network_checkpoint, net, os.path.join(path, "none"))]
        other = tfe.Sequential([dense(1)], "other")
        other(one())
        return [*results, outcome(tfe.restore_network_checkpoint, other, paths[0])]


@call
def restored_before_it_is_built(tfe):
    Net, Outer = classes(tfe)
    with temporary_folder() as path:
        saved = written_network(tfe)
        whole = tfe.save_network_checkpoint(saved, path)
        part = tfe.save_network_checkpoint(saved.c, os.path.join(path, "part"))
        results = [tf.train.list_variables(whole), tf.train.list_variables(part)]
        new = Outer()
        tfe.restore_network_checkpoint(new, whole)
        results += [new.name, new.variables, new(one()), new.variables]
        later = Outer()
        tfe.restore_network_checkpoint(later, whole)
        tfe.restore_network_checkpoint(later.a, part)
        later(one())
        results += [later.variables]
        earlier = Outer()
        tfe.restore_network_checkpoint(earlier.a, part)
        tfe.restore_network_checkpoint(earlier, whole)
        earlier(one())
        results += [earlier.variables]
        half = Net()
        half.first(one())
        tfe.restore_network_checkpoint(half, part)
        return [*results, half(one())]


@call
def restored_with_map_func(tfe):
    Net, _ = classes(tfe)
    with temporary_folder() as path:
        net = Net("old")
        net(one())
        for i, variable in enumerate(net.variables):
            variable.assign(tf.zeros_like(variable) + float(i))
        asked = []

        def map_func(name):
            asked.append(name)
            return name.replace("new/", "").replace("old/", "").replace("/", ".")

        saved = tfe.save_network_checkpoint(net, os.path.join(path, "x"), map_func=map_func)
        results = [tf.train.list_variables(saved), asked[:]]
        new = Net("new")
        tfe.restore_network_checkpoint(new, saved, map_func=map_func)
        results += [new(one()), new.variables]

        def same(name):
            return "same"

        results += [outcome(tfe.save_network_checkpoint, net, path, map_func=same)]
        results += [outcome(tfe.restore_network_checkpoint, net, saved, same)]
        late = Net("late")
        tfe.restore_network_checkpoint(late, saved, lambda name: "dense.kernel")
        return [*results, outcome(late, one())]


@call_of_keras_2
def shared_layers(tfe):
    class Shares(tfe.Network):
        def __init__(self, layer):
            super().__init__()
            self.shared = self.track_layer(layer)
            self.own = self.track_layer(dense(2))

        def call(self, x):
            return self.own(self.shared(x))

    shared, built = dense(2), dense(2)
    built(one())
    first, second, third = Shares(shared), Shares(shared), Shares(built)
    for net in (second, first, third):
        net(one())
    results = [[net.name, names(net.variables)] for net in (first, second, third)]
    of_network = Shares(first)
    of_network(one())
    results += [[of_network.name, names(of_network.variables)]]
    with temporary_folder() as path:
        results += [outcome(tfe.save_network_checkpoint, third, path)[-8:]]
    lost = Shares(dense(2))
    alone = Shares(lost.shared)
    del lost
    return [*results, outcome(alone, one())]


@call_of_keras_2
def networks_in_scopes(tfe):
    Net, _ = classes(tfe)
    with v1.variable_scope("scope"):
        net = Net()
        result = net(one())
        outside = Net("outside")
    outside(one())
    results = [result, net.name, net.scope_name, names(net.variables), names(outside.variables)]
    with temporary_folder() as path:
        saved = tfe.save_network_checkpoint(net, path)
        results += [os.path.basename(saved), tf.train.list_variables(saved)]
    store = tfe.EagerVariableStore()
    with store.as_default():
        Net("stored")(one())
    return [*results, names(store.variables())]


def write_checkpoints(folder):
    tfe = tfe_of_installed()
    fresh()
    tfe.save_network_checkpoint(written_network(tfe), os.path.join(folder, "network"))


def outcomes():
    return outcomes_of({**CALLS, **KERAS_2})
