"""What is known of TensorFlow 1 and 2: data only, one file for each subject."""
