"""`serve`: the desk over an archive, on this machine. `demo`: the example dispatches in their own archive, served or printed."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.commands.options import as_published, precision_option
from dateline.errors import MissingResource, UsageError
from dateline.model.event import Record
from dateline.model.text import Report, content_id
from dateline.settings import Settings
from dateline.store.archive import Archive

if TYPE_CHECKING:
    from dateline.pipeline import Resources

PORTS_TRIED = 20
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class LazyCoder:
    """Codes pasted reports. The language model is loaded in the background, so that the first page need not wait for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._resources: Resources | None = None

    def warm_up(self) -> None:
        threading.Thread(target=self._load, daemon=True, name="language model").start()

    def _load(self) -> Resources:
        from dateline.pipeline import load_resources

        with self._lock:
            if self._resources is None:
                self._resources = load_resources(self._settings)
            return self._resources

    def __call__(self, report: Report) -> Record:
        from dateline.pipeline import code_report

        return code_report(report, self._load())


@click.command()
@click.option("--archive", "address", default=None, help="The archive's file or address. Default: DATELINE_ARCHIVE.")
@click.option("--host", default=None, help="Where to listen. Off loopback the archive must have users. Default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Default: 8350, or the next free one.")
@precision_option
@click.option("--workers", "desk_workers", type=click.IntRange(1, 64), default=None, help="Processes. Default: 1.")
@click.option("--name", "names", multiple=True, help="A host name that the desk answers to off loopback; repeatable.")
@click.option("--certificate", type=FILE, default=None, help="Speak HTTPS with this certificate (PEM) …")
@click.option("--key", type=FILE, default=None, help="… and this key (PEM).")
@click.option("--behind-proxy", is_flag=True, default=None, help="A proxy in front speaks HTTPS, and only it reaches the desk.")
def serve(address: str | None, **given: Any) -> None:
    """Serve the desk and the API over an archive: for this machine, or with users (`dateline user add`) for others too."""
    given["names"], given["publish_precision"] = given["names"] or None, given.pop("precision")
    settings = Settings(**{name: value for name, value in given.items() if value is not None and name != "port"})
    if (settings.certificate is None) != (settings.key is None):
        raise UsageError("--certificate and --key go together")
    with Archive.open(address or settings.archive, create=False) as archive:
        run_desk(archive, settings, given["port"])


def run_desk(archive: Archive, settings: Settings, port: int | None) -> None:
    """Until interrupted. The address is printed when it listens."""
    from dateline.web.app import gate_of, refuse_open_door

    refuse_open_door(archive, gate_of(settings), settings.host)
    door = listen(settings.host, port, settings.port)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    scheme = "https" if settings.certificate else "http"
    click.echo(f"dateline: the desk is at {scheme}://{shown}:{door.getsockname()[1]}/  (Ctrl-C ends it)")
    alive = fork_workers(settings.desk_workers - 1)
    if alive is None:
        serve_on(door, archive, settings, None)
    else:  # a process of its own: connections do not survive a fork
        with Archive.open(archive.address, create=False) as mine:
            serve_on(door, mine, settings, alive)


def fork_workers(more: int) -> int | None:
    """In the parent None; in each of so many further processes an end of a pipe that closes when the parent ends."""
    if more < 1:
        return None
    if not hasattr(os, "fork"):
        raise UsageError("this system cannot serve the desk with several processes: leave --workers out")
    reading, writing = os.pipe()
    sys.stdout.flush()
    for _ in range(more):
        if os.fork() == 0:
            os.close(writing)
            return reading
    os.close(reading)
    return None


def serve_on(door: socket.socket, archive: Archive, settings: Settings, alive: int | None) -> None:
    """Serve until interrupted; with `alive`, until the parent has gone, however it went."""
    import uvicorn

    from dateline.web.app import create_app
    from dateline.web.hooks import watch

    coder = LazyCoder(settings)
    app = create_app(as_published(archive, settings.publish_precision), settings, coder)
    coder.warm_up()
    app.state.desk.shelf.warm_up()
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ssl_certfile=settings.certificate,
        ssl_keyfile=settings.key,
        proxy_headers=settings.behind_proxy,
        forwarded_allow_ips="*" if settings.behind_proxy else None,
    )
    server = uvicorn.Server(config)
    if alive is None:
        watch(app.state.desk.archive)  # as the public sees it, where that is asked for
    else:
        threading.Thread(target=_end_with_parent, args=(alive, server), daemon=True, name="parent").start()
    server.run(sockets=[door])


def _end_with_parent(alive: int, server: Any) -> None:
    os.read(alive, 1)  # nothing is ever written: it returns when the other end has closed
    server.should_exit = True


def listen(host: str, port: int | None, usual: int) -> socket.socket:
    """The port asked for, or the usual one, or the next free one after it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in [port] if port else range(usual, usual + PORTS_TRIED):
        door = socket.socket(family, socket.SOCK_STREAM)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, tried))
            door.listen(128)
        except OSError:
            door.close()
        else:
            return door
    taken = f"port {port} is" if port else f"ports {usual} to {usual + PORTS_TRIED - 1} are"
    raise UsageError(f"{taken} taken on {host}: name a free one with --port")


@click.command()
@click.option("--print", "printed", is_flag=True, help="Print the record in the terminal and end.")
@click.option("--examples", type=click.Path(path_type=Path, file_okay=False), default=Path("examples"), show_default=True)
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("var"), show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Default: 8350, or the next free one.")
def demo(printed: bool, examples: Path, folder: Path, port: int | None) -> None:
    """Load the example dispatches of three wars into an archive and open the desk over it."""
    settings = Settings()
    with Archive.open(str(demo_archive(settings, examples, folder)), create=False) as archive:
        if printed:
            print_demo(archive)
        else:
            run_desk(archive, settings, port)


def demo_archive(settings: Settings, examples: Path, folder: Path) -> Path:
    """The archive of these examples by this version of dateline: made once, in one piece, named after both."""
    from dateline.commands.read import Aside
    from dateline.read.article import Given
    from dateline.read.sources import open_sources

    files = sorted(str(path) for path in examples.glob("*.jsonl"))
    if not files:
        raise MissingResource(f"no example dispatches in {examples}: run this in dateline's own folder, or give --examples")
    reports = list(Aside().reports(open_sources(files, Given(), settings.max_chars, sys.stdin.buffer)))
    made = folder / f"demo-{content_id(_code_version(), *(report.model_dump_json() for report in reports), length=10)}.sqlite"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = made.with_name(f"{made.stem}.{os.getpid()}.unfinished")
        click.echo(f"dateline: reading {len(reports)} example dispatches (once)…", err=True)
        fill(unfinished, reports, settings)
        unfinished.rename(made)
    return made


def _code_version() -> str:
    """Changes with any file of the package, so that a demo never shows what an older version read."""
    root = Path(__file__).parent.parent
    files = sorted(path for kind in ("*.py", "*.toml", "*.csv") for path in root.rglob(kind) if "web" not in path.parts)
    return content_id(*(f"{path.relative_to(root)} {content_id(path.read_text(encoding='utf-8'))}" for path in files))


def fill(address: Path, reports: Iterable[Report], settings: Settings) -> None:
    """Each dispatch becomes known at the end of its day, so that `as known on` has a past to show."""
    from dateline.link.run import link_incidents
    from dateline.pipeline import code_report, load_resources

    resources = load_resources(settings)
    with Archive.open(str(address)) as archive:
        for report in sorted(reports, key=lambda report: (str(report.published), report.id)):
            known = datetime.combine(report.published, time(22), UTC) if report.published else None
            archive.add(report, code_report(report, resources), known)
        link_incidents(archive)


def print_demo(archive: Archive) -> None:
    """The capitals day by day, the rival counts, and who held what: the record without a browser."""
    from dateline.commands.demo_tables import print_changes_of_hand, print_rival_counts, print_summary

    print_summary(archive)
    print_changes_of_hand(archive)
    print_rival_counts(archive)
