"""Uploaded originals, byte for byte and sealed, and the copies that are safe to look at.

`media_type` tells what a file is from its bytes; `store` seals it on disk under its hash;
`working_copy` makes a picture without anything that the camera wrote into it.
"""

from mohalla.foundation.files.copying import PICTURES, NoCopy, working_copy
from mohalla.foundation.files.kinds import ENDINGS, SEALED, media_type
from mohalla.foundation.files.shelf import (
    Damaged,
    chunks,
    exists,
    forget,
    path_of,
    read,
    store,
    store_bytes,
)

__all__ = [
    "ENDINGS",
    "PICTURES",
    "SEALED",
    "Damaged",
    "NoCopy",
    "chunks",
    "exists",
    "forget",
    "media_type",
    "path_of",
    "read",
    "store",
    "store_bytes",
    "working_copy",
]
