"""Ids of models that several parts know by name, and that no part need load another one for."""

ENCODER_ID = "encoder-e5"  # the sentence encoder: its folder, and in the router's memory what its vectors are of
ROUTER_ID = "router-e5"  # its model is committed, and is no language model
