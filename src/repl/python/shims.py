# One thread and no sockets: threads run inline, asyncio gets a loop without a selector, sleeping goes through the host.
import asyncio
import asyncio.base_events
import builtins
import concurrent.futures
import concurrent.futures.thread
import os
import threading
import time
from asyncio import events, tasks

from . import channel


def sleep(seconds):
    """time.sleep that an interrupt can end."""
    seconds = float(seconds)
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    channel.send(channel.SLEEP, seconds)


class _NoSelector:
    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("this await never ends: nothing else is scheduled")
        if timeout > 0:
            sleep(timeout)
        return []


class Loop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _NoSelector()

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def run_in_executor(self, executor, func, *args):
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:
            future.set_exception(error)
        return future


class _Policy(events._AbstractEventLoopPolicy):
    _loop = None

    def get_event_loop(self):
        if self._loop is None or self._loop.is_closed():
            self._loop = Loop()
        return self._loop

    def set_event_loop(self, loop):
        self._loop = loop

    def new_event_loop(self):
        return Loop()


def run(main, *, debug=None, loop_factory=None):
    """asyncio.run, also inside a running loop; unlike the original it leaves SIGINT alone."""
    outer = events._get_running_loop()
    task = tasks._swap_current_task(outer, None) if outer else None
    events._set_running_loop(None)
    loop = Loop()
    try:
        return loop.run_until_complete(main)
    finally:
        for left in asyncio.all_tasks(loop):
            left.cancel()
        loop.close()
        events._set_running_loop(outer)
        if outer:
            tasks._swap_current_task(outer, task)


class InlineExecutor(concurrent.futures.Executor):
    """Runs each job when it is submitted. For model calls side by side use llm_batch / rlm_batch."""

    def __init__(self, max_workers=None, *args, **kwargs):
        self._max_workers = max_workers

    def submit(self, fn, /, *args, **kwargs):
        future = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class InlineThread(threading.Thread):
    """Runs to its end in start()."""

    def start(self):
        if self._started.is_set():
            raise RuntimeError("threads can only be started once")
        self._started.set()
        try:
            self.run()
        except Exception as error:
            threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, self)))

    def join(self, timeout=None):
        pass

    def is_alive(self):
        return False


def _no_input(prompt=""):
    raise RuntimeError("input() is not available: nobody is at the keyboard. Decide from what you have.")


def install():
    """Done once, in the snapshot."""
    time.sleep = sleep
    builtins.input = _no_input
    threading.Thread = InlineThread
    for module in (concurrent.futures, concurrent.futures.thread):
        module.ThreadPoolExecutor = InlineExecutor
    concurrent.futures.ProcessPoolExecutor = InlineExecutor
    events._event_loop_policy = _Policy()
    asyncio.new_event_loop = events.new_event_loop = Loop
    asyncio.run = asyncio.runners.run = run
    os.cpu_count = lambda: 1
    os.environ.clear()
    os.environ.update(HOME="/home/user", LANG="C.UTF-8")
