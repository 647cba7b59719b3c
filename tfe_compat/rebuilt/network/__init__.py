"""`Network`, the base class of models before `tf.keras.Model`, and its checkpoints."""

from tfe_compat.rebuilt.network.checkpoints import (
    restore_network_checkpoint,
    save_network_checkpoint,
)
from tfe_compat.rebuilt.network.model import Network, Sequential

__all__ = ["Network", "Sequential", "restore_network_checkpoint", "save_network_checkpoint"]
