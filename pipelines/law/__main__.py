"""python -m pipelines.law: read law/, say what is wrong with it, or count what it holds."""

import sys

from pipelines.errors import StatecraftError
from pipelines.law.read import tables

try:
    for name, frame in tables().items():
        print(f"{name.removeprefix('law__'):20}{frame.height:>8,} rows")
except StatecraftError as error:
    sys.exit(str(error))
