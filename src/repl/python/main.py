# What the worker calls: attach() once for each REPL, step() once for each cell.
import random
import signal
import sys
import tempfile

from . import cells, channel, quick_regex, shims
from .output import Output
from .session import Session

shims.install()
quick_regex.install()
sys.setrecursionlimit(5000)


class Main:
    def attach(self):
        channel.connect()
        # The snapshot holds one state of the generator for everybody.
        random.seed()
        tempfile._name_sequence = None
        self.session = Session(channel.send(channel.OPEN))
        _listen(False)

    def refresh(self):
        self.session.refresh(channel.send(channel.OPEN))

    def step(self):
        output = Output()
        ended, error = "error", ""
        streams = sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__
        try:
            sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = output
            ended, error = self._run(output)
        except BaseException as raised:  # an interrupt between the cell's end and _listen(False)
            _listen(False)
            ended, error = "interrupted", cells.describe(raised)
        finally:
            sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__ = streams
        channel.send(channel.DONE, self._report(ended, error, output))

    def _run(self, output):
        try:
            try:
                self.session.begin_cell()
                _listen(True)
                # The host holds an interrupt back until it is asked for the cell.
                cell = channel.send(channel.NEXT)
                output.keep(cell["outputChars"])
                cells.run(cell["code"], cell["number"], self.session.ns)
                return "ok", ""
            finally:
                _listen(False)
        except KeyboardInterrupt as raised:
            return "interrupted", cells.describe(raised)
        except BaseException as raised:
            return "error", cells.describe(raised)

    def _report(self, ended, error, output):
        self.session.restore()
        return {
            "ended": ended,
            "error": error,
            "output": output.report(),
            "answer": self.session.report_answer(),
            "variables": self.session.variables(),
            "looks": self.session.take_looks(),
        }


def _listen(on):
    """Whether SIGINT raises KeyboardInterrupt: only while a cell's own code runs."""
    signal.signal(signal.SIGINT, signal.default_int_handler if on else signal.SIG_IGN)


main = Main()
