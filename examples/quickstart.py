"""The five functions of tfe_compat, one after the other.

python examples/quickstart.py
"""

import tensorflow as tf

import tfe_compat as tfe


def f(x, y):
    return x * x * x * y - x * y * y


# The value of f and its derivatives by both arguments.
value, (by_x, by_y) = tfe.value_and_gradients_function(f)(2.0, 3.0)
print("f(2, 3) =", value.numpy())
print("df/dx   =", by_x.numpy())
print("df/dy   =", by_y.numpy())

# The derivative by y alone, named or by its position.
(by_y,) = tfe.gradients_function(f, params=["y"])(2.0, 3.0)
print("df/dy   =", by_y.numpy(), "with params=['y']")

# Nested, the derivative of a derivative.
slope = tfe.gradients_function(f, params=["x"])
(by_x_twice,) = tfe.gradients_function(lambda x, y: slope(x, y)[0], params=[0])(2.0, 3.0)
print("d2f/dx2 =", by_x_twice.numpy())

# A vector-Jacobian product, for as many cotangents as you like.
value, vjp = tfe.make_vjp(lambda x: x * x)([1.0, 2.0, 3.0])
print("x * x   =", value.numpy())
print("vjp     =", vjp()[0].numpy(), "with a cotangent of ones")
print("vjp     =", vjp(dy=tf.constant([1.0, 0.0, 0.0]))[0].numpy(), "with the cotangent [1, 0, 0]")

# The derivatives by the variables that a function reads: gradient descent on a line.
weight, bias = tf.Variable(0.0), tf.Variable(0.0)
x = tf.constant([0.0, 1.0, 2.0, 3.0])
y = 2.0 * x + 1.0


def loss():
    return tf.reduce_mean(tf.square(weight * x + bias - y))


value, pairs = tfe.implicit_value_and_gradients(loss)()
print("loss    =", value.numpy(), "before training")
for gradient, variable in pairs:
    print("dloss   =", gradient.numpy(), "by the", "weight" if variable is weight else "bias")

optimizer = tf.keras.optimizers.SGD(0.1)
for _ in range(200):
    optimizer.apply_gradients(tfe.implicit_gradients(loss)())
print(f"loss    = {loss().numpy():.6f} after training")
print(f"line    = {weight.numpy():.2f} x + {bias.numpy():.2f}")
