# The only way out: one write to /dev/host is one request, the reads that follow are its reply.
import json
import os

OPEN, NEXT, DONE, SLEEP, CALL = b"O", b"N", b"D", b"S", b"C"
MAX_REQUEST = 64 * 2**20

_fd = -1


def connect():
    global _fd
    _fd = os.open("/dev/host", os.O_RDWR)


def send(tag, value=None):
    """The reply's value. Raises RuntimeError when the host refuses, KeyboardInterrupt when it interrupts."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    if len(body) >= MAX_REQUEST:
        raise ValueError(f"the request has {len(body):,} bytes; at most {MAX_REQUEST:,} can be sent at once")
    os.write(_fd, tag + body)
    reply = _drain()
    if reply[:1] == b"\x02":
        raise KeyboardInterrupt
    answer = json.loads(reply[1:])
    if reply[:1] == b"\x01":
        raise RuntimeError(answer)
    return answer


def _drain():
    parts = []
    while part := os.read(_fd, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def call(op, **arguments):
    return send(CALL, {"op": op, **arguments})
