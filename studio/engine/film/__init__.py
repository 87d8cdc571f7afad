"""Films: the illustrator's scenes in motion, stills as reliefs, and parts that join."""
