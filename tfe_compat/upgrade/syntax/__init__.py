"""Python source as text and tree; nothing here knows of TensorFlow."""
