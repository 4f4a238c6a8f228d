"""Answers of the API kept while the archive stands unchanged: an address and a revision always give the same bytes."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request, Response

from dateline.model.text import content_id
from dateline.web import problems
from dateline.web.shelf import Shelf

MOST_BYTES = 48_000_000
# A larger answer is made anew each time, so that one cannot push out all others.
LARGEST = 2_000_000


class Answers:
    """The least recently asked for go first."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def give(self, request: Request, make: Callable[[], str | bytes], media: str = "application/json") -> Response:
        """The answer to this address, with its ETag; 304 where the caller has it already."""
        tag = self._fresh_tag(request)
        body = self._known(tag) or self._keep(tag, make())
        return Response(body, media_type=media, headers={"ETag": tag, "Cache-Control": "private, no-cache"})

    def give_packed(self, request: Request, make: Callable[[], bytes], media: str = "application/json") -> Response:
        """The same for what its maker keeps gzipped; unpacked for the rare caller who does not take that."""
        headers = {"ETag": self._fresh_tag(request), "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
        body = make()
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(gzip.decompress(body), media_type=media, headers=headers)
        return Response(body, media_type=media, headers=headers | {"Content-Encoding": "gzip"})

    def _fresh_tag(self, request: Request) -> str:
        tag = f'W/"{content_id(self._shelf.state(), str(request.url), length=20)}"'
        if tag in request.headers.get("if-none-match", ""):
            raise problems.NotModified(tag)
        return tag

    def _known(self, tag: str) -> bytes | None:
        with self._lock:
            body = self._kept.get(tag)
            if body is not None:
                self._kept.move_to_end(tag)
            return body

    def _keep(self, tag: str, made: str | bytes) -> bytes:
        body = made.encode() if isinstance(made, str) else made
        with self._lock:
            if len(body) <= LARGEST and tag not in self._kept:
                self._kept[tag] = body
                self._bytes += len(body)
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return body
