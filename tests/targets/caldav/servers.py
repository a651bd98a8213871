"""Real CalDAV servers on this computer: each with a folder of its own, stopped by the number of its process."""

import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

__all__ = ["KINDS", "PASSWORD", "USER", "serving"]

USER, PASSWORD = "kim", "Kanarie:7q%Zx9-Luft"
KINDS = ("radicale", "xandikos")
_DIES_WITH_US = """
import os, runpy, sys, threading
def watch():
    os.read(0, 1)
    os._exit(0)
threading.Thread(target=watch, daemon=True).start()
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""
"""A server reads from a pipe that ends with whoever started it."""


@contextmanager
def serving(kind, folder, **settings):
    """The address of a server of that kind, as long as it is needed."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    arguments = {"radicale": _radicale, "xandikos": _xandikos}[kind](folder, port, **settings)
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-c", _DIES_WITH_US, *arguments], stdin=subprocess.PIPE, stdout=log, stderr=log
    )
    try:
        _wait_for(port, process, folder / "log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()
        log.close()


def _radicale(folder, port, *, rights="owner_only"):
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    (folder / "conf").write_text(
        f"[server]\nhosts=127.0.0.1:{port}\nmax_connections=20\n"
        f"[auth]\ntype=htpasswd\nhtpasswd_filename={folder}/users\nhtpasswd_encryption=plain\ndelay=0\n"
        f"[storage]\nfilesystem_folder={folder}/kept\n"
        f"[rights]\ntype={rights}\n[logging]\nlevel=warning\n"
    )
    return ["radicale", "--config", str(folder / "conf")]


def _xandikos(folder, port):
    where = ["-d", str(folder / "kept"), "--listen-address", "127.0.0.1", "--port", str(port)]
    return ["xandikos", *where, "--current-user-principal", f"/{USER}/", "--autocreate", "--defaults"]


def _free_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def _wait_for(port, process, log: Path):
    for _ in range(200):
        if process.poll() is not None:
            break
        with suppress(httpx.TransportError):
            httpx.get(f"http://127.0.0.1:{port}/", timeout=5)
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text())
