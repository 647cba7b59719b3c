"""What a program means for TensorFlow 1: its modules, its calls, what it needs."""
