"""The ways to walk over a dataset."""
from __future__ import print_function

import numpy as np
import tensorflow as T

T.enable_eager_execution()

squares = T.data.Dataset.from_tensor_slices(np.arange(6.0)).map(T.square)

for element in T.contrib.eager.Iterator(squares):
    print(element)

iterator = T.contrib.eager.Iterator(squares.skip(2).batch(2))
print("next", iterator.next().numpy())
print("get_next", iterator.get_next().numpy())
try:
    iterator.next()
except StopIteration:
    print("next: at the end")
try:
    iterator.get_next()
except T.errors.OutOfRangeError:
    print("get_next: at the end")
print("types", iterator.output_types, "shapes", iterator.output_shapes.as_list())

# A stream of minibatches, repeated; several epochs of a running mean.
features = np.random.RandomState(5).uniform(size=[7, 2]).astype(np.float32)
labels = np.arange(7) % 3
minibatches = T.contrib.eager.Iterator(
    T.data.Dataset.from_tensor_slices({"x": features, "y": labels}).repeat(2).batch(4)
)
mean = T.contrib.eager.Variable(np.zeros(2), dtype=T.float32)
for number, batch in enumerate(minibatches, 1):
    mean.assign_add((T.reduce_mean(batch["x"], axis=0) - mean) / number)
    print(number, batch["y"].numpy(), mean.numpy())
