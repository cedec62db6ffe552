"""Execute notebooks in parallel and tell on file descriptor 3, one JSON line an event, what happens.

Usage: python execute_notebooks.py JOB, where JOB is the JSON file
{"kernel": str, "concurrency": int, "cellSeconds": int, "notebooks": [{"path": str, "output": str, "folder": str}]}.
Every notebook starts in a fresh kernel in its folder, and is saved to `output` as far as it went.
It stops, kernels included, when stdin closes: the runner that holds the other end is gone.
"""

import asyncio
import json
import os
import signal
import sys
import threading

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

clients = []
events = os.fdopen(3, "w", encoding="utf-8")


def tell(**event):
    print(json.dumps(event), file=events, flush=True)


async def execute(entry, job):
    path = entry["path"]
    for again in (True, False):
        notebook = nbformat.read(path, as_version=4)
        cell, failure = await attempt(notebook, entry, job)
        # A kernel may die as it starts, as when something else takes its port meanwhile. One that does not answer in time
        # would not the second time.
        if failure is None or cell is not None or "died" not in failure["message"] or not again:
            break
    nbformat.write(notebook, entry["output"])
    if failure is None:
        tell(event="done", notebook=path)
    else:
        tell(event="failed", notebook=path, cell=cell, **failure)


async def attempt(notebook, entry, job):
    """Execute a notebook in a kernel of its own; return the last cell that started and the failure, each None without one."""
    started = {"cell": None}

    def on_cell_start(cell, cell_index):
        if cell.cell_type == "code" and cell.source.strip():
            started["cell"] = cell_index
            tell(event="cell", notebook=entry["path"], cell=cell_index)

    client = NotebookClient(
        notebook,
        kernel_name=job["kernel"],
        timeout=job["cellSeconds"],
        startup_timeout=60,
        shell_timeout_interval=1,
        record_timing=False,
        shutdown_kernel="graceful",
        resources={"metadata": {"path": entry["folder"]}},
        on_cell_start=on_cell_start,
    )
    client.create_kernel_manager().shutdown_wait_time = 2
    clients.append(client)
    failure = None
    try:
        await client.async_execute()
    except CellExecutionError:
        failure = {"kind": "threw", "message": ""}
    except CellTimeoutError:
        failure = {"kind": "hung", "message": ""}
    except DeadKernelError:
        failure = {"kind": "died", "message": ""}
    except Exception as error:
        failure = {"kind": "broke", "message": f"{type(error).__name__}: {error}"}
    return started["cell"], failure


async def execute_all(job):
    slots = asyncio.Semaphore(job["concurrency"])

    async def one(entry):
        async with slots:
            await execute(entry, job)

    await asyncio.gather(*(one(entry) for entry in job["notebooks"]))


def stop_with_runner():
    # Past Python's own buffer, whose lock this thread would hold at the end of the interpreter.
    while os.read(0, 1):
        pass
    for client in clients:
        process = getattr(getattr(client.km, "provisioner", None), "process", None)
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    threading.Thread(target=stop_with_runner, daemon=True).start()
    asyncio.run(execute_all(job))
