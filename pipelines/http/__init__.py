"""The one HTTP client of the first door: every fetch.py talks to its publisher through `Http`.

Belongs here: how bytes are asked for and received, whatever the publisher. Does not belong here: what they mean.

    client.py    one question, asked until there is an answer or a reason to stop
    answers.py   what an answer is, and how its headers and first bytes are read
    download.py  one body, received, resumed, unpacked and measured
    wire.py      sockets, under one deadline; where secrets are added, and nowhere earlier
    words.py     what may be said aloud: publishers' own words, without secrets
"""

from pipelines.http.answers import Answer
from pipelines.http.client import Http

__all__ = ["Answer", "Http"]
