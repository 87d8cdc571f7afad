"""One module for each family of endpoints; naming it here puts it on the wire.

A family that makes tasks has a table of `Field`s, a `Family(name, news, files)`, a route with `creates=True` that ends in
`world.create(...)`, and a record route that begins with `world.query(...)`: see image.py. Stages of its own (Suno's
`text`, `first`) are further words in `Plan.steps`; `news` says which of them are told.
"""

from tests.fake_kie.families import credit, download, files, image, upload, video

__all__ = ["credit", "download", "files", "image", "upload", "video"]
