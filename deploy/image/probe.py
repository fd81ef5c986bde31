"""Asks the service beside it how it is, for whoever watches a container: the exit code is the answer.

    probe.py ready     0 when all that serving needs is there
    probe.py alive     0 when it answers at all: a restart helps only where it does not
    probe.py pages     0 when the staff pages answer, where a process serves nothing else

An outage of Telegram or of the database is no reason to start the process anew, so «alive» does not ask for them.
"""

from __future__ import annotations

import http.client
import os
import sys

SECONDS = 8.0


def status(host: str, port: int, path: str) -> int | None:
    """The status of an address; None where nothing answers in time."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def main(words: list[str]) -> int:
    """0 or 1 for what is asked; 2 where nothing that is known is asked."""
    if words not in (["ready"], ["alive"], ["pages"]):
        sys.stderr.write("probe.py ready, probe.py alive, or probe.py pages\n")
        return 2
    if words == ["pages"]:
        return 0 if status("127.0.0.1", int(os.environ.get("BHXH_WEB__PORT", "8080")), "/style.css") == 200 else 1
    found = status("127.0.0.1", int(os.environ.get("BHXH_WATCH__PORT", "8081")), "/readyz")
    return 0 if found == 200 or (found is not None and words == ["alive"]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
