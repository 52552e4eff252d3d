"""Fetching one file from its origin or a mirror, through pooch.

pooch checks the sum, retries, writes to a temporary file first and draws the bar. What it cannot do is resume (its
`HTTPDownloader` always starts at byte 0), so the downloader handed to it here keeps what has arrived in
`<file>.part` and asks the server for the rest; a server that cannot do that sends the whole file again.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from data_scripts._errors import DataError

MIRROR_VARIABLE = "COURSE_MIRROR"
RETRIES = 2  # per address; pooch waits 1, then 2 seconds
TIMEOUT = (10.0, 30.0)  # seconds to connect, and without a byte


@dataclass(frozen=True)
class Origin:
    """A file of the real set: the addresses that hold it, best first, and the sum all of them must give."""

    filename: str
    urls: tuple[str, ...]
    known_hash: str
    """`sha256:...` or `md5:...`."""
    bytes: int


def addresses(origin: Origin, mirrors: Sequence[str] | None = None) -> list[str]:
    """Where to look, in order: `mirrors` or `$COURSE_MIRROR` (base addresses) replace the built-in list."""
    bases = list(mirrors) if mirrors is not None else os.environ.get(MIRROR_VARIABLE, "").split()
    if bases:
        return [f"{base.rstrip('/')}/{origin.filename}" for base in bases]
    return list(origin.urls)


def fetch(origin: Origin, cache: Path, *, mirrors: Sequence[str] | None = None, bar: bool = False) -> Path:
    """Fetch the file into `cache`, or find it there from an earlier run.

    Raises
    ------
    DataError
        No address gave the file with the right sum. Nothing but a `.part` file to resume from is left.
    """
    import pooch
    import requests

    pooch.get_logger().setLevel(logging.ERROR)
    cache.mkdir(parents=True, exist_ok=True)
    failures = []
    for url in addresses(origin, mirrors):
        manager = pooch.create(
            path=cache,
            base_url="",
            registry={origin.filename: origin.known_hash},
            urls={origin.filename: url},
            retry_if_failed=RETRIES,
        )
        try:
            return Path(manager.fetch(origin.filename, downloader=_Resuming(cache / f"{origin.filename}.part", bar)))
        except ValueError:
            reason = "what arrived has a wrong checksum: the file there is damaged or another one"
        except requests.exceptions.HTTPError as error:
            answer = error.response
            reason = f"the server answered {answer.status_code} {answer.reason}" if answer is not None else str(error)
        except requests.exceptions.Timeout:
            reason = "the server did not answer in time"
        except requests.exceptions.ChunkedEncodingError:
            reason = "the connection was cut before the file was complete"
        except requests.exceptions.ConnectionError:
            reason = "no connection (is this machine online?)"
        except requests.exceptions.RequestException as error:
            reason = f"{type(error).__name__}: {error}"
        failures.append(f"{urlsplit(url).netloc}: {reason}")
    raise DataError(
        f"{origin.filename} could not be fetched.\n  - " + "\n  - ".join(failures),
        addresses(origin, mirrors)[0],
        "try again later (a broken download resumes), or download the file in a browser and pass it with "
        "--from FILE (from_path= in Python). The synthetic set needs no network: --source synthetic.",
    )


class _Resuming:
    """A downloader for pooch that continues a `.part` file."""

    def __init__(self, part: Path, bar: bool) -> None:
        self.part, self.bar = part, bar

    def __call__(self, url: str, output_file: str, pooch: Any, check_only: bool = False) -> None:
        import requests
        from tqdm.auto import tqdm

        have = self.part.stat().st_size if self.part.exists() else 0
        headers = {"Accept-Encoding": "identity"}  # a compressed answer cannot be continued
        if have:
            headers["Range"] = f"bytes={have}-"
        with requests.get(url, stream=True, timeout=TIMEOUT, headers=headers) as answer:
            if answer.status_code == 416:  # the part is as long as the file, or longer: begin anew
                self.part.unlink(missing_ok=True)
            answer.raise_for_status()
            if answer.status_code != 206:
                have = 0
            length = answer.headers.get("Content-Length")
            total = have + int(length) if length and length.isdigit() else None
            with (
                self.part.open("ab" if have else "wb") as file,
                tqdm(
                    total=total, initial=have, unit="B", unit_scale=True, desc=self.part.stem, disable=not self.bar
                ) as progress,
            ):
                for chunk in answer.iter_content(1 << 16):
                    file.write(chunk)
                    progress.update(len(chunk))
        shutil.move(self.part, output_file)
