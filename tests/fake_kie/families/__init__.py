"""One module for each family of endpoints; naming it here puts it on the wire."""

from tests.fake_kie.families import credit, download, files, image, upload

__all__ = ["credit", "download", "files", "image", "upload"]
