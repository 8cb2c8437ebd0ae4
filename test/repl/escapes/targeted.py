# Attempts against what is ours: hooks, devices, quotas, the reply's JSON. The same format as attempts.py.

#: JS undo every import hook
import sys
sys.meta_path[:] = [f for f in sys.meta_path if 'frozen' in repr(f).lower()]
sys.modules.pop('js', None)
import js
res = 'JSEXEC:42 ' + str(js)

#: JS builtin bridge modules
import sys, _imp
from importlib.machinery import ModuleSpec
res = ''
for name in [n for n in sys.builtin_module_names if 'pyodide' in n or 'js' in n or 'hiwire' in n]:
    try:
        m = _imp.create_builtin(ModuleSpec(name, None))
        _imp.exec_builtin(m)
        for k in dir(m):
            try: res += str(getattr(m, k)('process'))
            except BaseException as e: pass
    except BaseException as e: res += type(e).__name__

#: JS prototype pollution through a reply
# The host replies with __proto__ and constructor.prototype keys; its own objects must not get them.
res = str(llm_query("what would you merge?"))

#: JS prototype pollution through a request
import os
fd = os.open('/dev/host', os.O_RDWR)
os.write(fd, b'C{"op":"rlm_query","child":{"task":"t","paths":null,"texts":{"__proto__":"x","constructor":"y"}},"__proto__":{"polluted":1}}')
res = os.read(fd, 1000).decode()

#: KILL garbage frames
import os, random
fd = os.open('/dev/host', os.O_RDWR)
for i in range(2000):
    try: os.write(fd, bytes([random.choice(b'OSNDC\x00\xff')]) + random.randbytes(random.randrange(40)))
    except OSError: pass
res = 'sent'

#: KILL null and nested frames
import os
fd = os.open('/dev/host', os.O_RDWR)
for body in (b'null', b'[' * 500_000 + b']' * 500_000, b'{"op":' * 100_000, b'"' + b'\\u0000' * 1_000_000 + b'"', b'\xff\xfe'):
    for tag in b'OSNDC':
        if tag == 83: continue
        os.write(fd, bytes([tag]) + body)
res = 'sent'

#: KILL huge frame
import os
fd = os.open('/dev/host', os.O_RDWR)
res = str(os.write(fd, b'C' + b'x' * 200_000_000)) + str(os.read(fd, 200))

#: FILEW writing to the corpus
import os
res = ''
for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_TRUNC):
    try:
        fd = os.open('/dev/corpus', flags)
        res += str(os.write(fd, b'JSEXEC:42 overwritten'))
    except OSError as e: res += f' {e.errno}'
res += str(os.pread(os.open('/dev/corpus', 0), 100, 0))

#: FILE reading around the corpus
import os
fd = os.open('/dev/corpus', os.O_RDONLY)
res = ''
for at in (-1, -2**31, 2**31, 2**53, 2**62, 10**6):
    try: res += repr(os.pread(fd, 10**6, at)[:2000])
    except (OSError, OverflowError) as e: res += type(e).__name__

#: FILEW overwriting the standard library
import os, sys
try: os.chmod('/lib/python314.zip', 0o777)
except OSError: pass
open('/lib/python314.zip', 'wb').write(b'gone')
sys.modules.pop('colorsys', None); sys.path_importer_cache.clear()
import colorsys
res = 'imported ' + str(colorsys)

#: KILL exhausting descriptors
import os
held = []
try:
    while True: held.append(os.open('/dev/host', os.O_RDWR))
except OSError as e: res = str(len(held)) + ' ' + str(e.errno)
for fd in held: os.close(fd)

#: KILL endless recursion
import sys
sys.setrecursionlimit(10**9)
def down(n): return down(n + 1)
try: down(0)
except RecursionError: res = 'recursion'

#: KILL recursion in C
x = []
for _ in range(10**6): x = [x]
res = str(len(repr(x)))

#: KILL invalid bytecode
import types
f = (lambda: 0).__code__
res = str(eval(f.replace(co_code=bytes([90, 0, 100, 255, 83, 0] * 20), co_stacksize=1, co_consts=())))

#: KILL node bomb in a request
import os
fd = os.open('/dev/host', os.O_RDWR)
os.write(fd, b'C{"op":"llm_query","prompt":[' + b'{},' * 15_000_000 + b'{}]}')
res = os.read(fd, 300).decode()

#: PROC libc through the dynamic linker
import sys
res = ''
try:
    import _ctypes
    res = 'PROC-OWNED' if _ctypes.dlsym(_ctypes.dlopen(None, 0), 'system') else ''
except ImportError as e: res = repr(e)

#: NET raw socket module
import _socket
s = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
s.connect(('127.0.0.1', __PORT__))
res = str(s)

#: FILE mounts and proc
import os
res = ''
for path in ('/proc/self/environ', '/dev/fd/0', '/dev/stdin', '/etc/passwd', '__CANARY_DIR__', '/host', '/mnt'):
    try: res += path + ':' + (open(path).read() if not os.path.isdir(path) else str(os.listdir(path)))
    except OSError as e: res += f' {path}:{e.errno}'
