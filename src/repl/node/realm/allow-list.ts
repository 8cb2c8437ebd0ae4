// Which of the 1 369 JavaScript functions that pyodide's glue offers to WebAssembly the sealed interpreter keeps.
// The sandbox is: memory safety of WebAssembly + the functions named here. Whatever is in neither list is a trap.

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const allowed: ReadonlySet<string> = new Set([
  // The environment is synthetic, arguments are empty.
  ...words('environ_sizes_get environ_get _emscripten_get_progname _Py_emscripten_runtime'),
  // Clocks, time zones and random bytes: read only. Randomness goes through the realm's own `crypto`.
  ...words('clock_time_get clock_res_get emscripten_date_now emscripten_get_now random_get'),
  ...words('_tzset_js _localtime_js _gmtime_js _mktime_js _timegm_js'),
  // Files: Emscripten's in-memory file system and its two devices; no other file system is mounted.
  ...words('fd_close fd_read fd_write fd_sync fd_fdstat_get fd_seek fd_pread fd_pwrite'),
  ...words('__syscall_openat __syscall_readlinkat __syscall_getdents64 __syscall_fcntl64 __syscall_ioctl _try_fcntl64'),
  ...words('__syscall_stat64 __syscall_fstat64 __syscall_lstat64 __syscall_newfstatat __syscall_faccessat'),
  ...words('__syscall_getcwd __syscall_chdir __syscall_fchdir __syscall_mkdirat __syscall_unlinkat __syscall_rmdir'),
  ...words('__syscall_renameat __syscall_symlinkat __syscall_utimensat __syscall_umask_js __syscall_getuid32_js'),
  ...words('__syscall_chmod __syscall_fchmod __syscall_fchmodat2 __syscall_fchown32 __syscall_fchownat'),
  ...words('__syscall_dup __syscall_dup3 __syscall_fdatasync __syscall_ftruncate64 __syscall_truncate64'),
  ...words('__syscall_statfs64 __syscall_fstatfs64 __syscall_fadvise64 __syscall_fallocate'),
  ...words('__syscall_pipe __syscall_poll _maybe_poll_async'),
  // Memory: growth is capped in seal.ts; mmap copies from in-memory files.
  ...words('memory __indirect_function_table emscripten_resize_heap emscripten_get_heap_max'),
  ...words('_mmap_js _munmap_js _msync_js'),
  // Signals (SIGINT through the interrupt buffer), calls through function pointers, the end of the process.
  ...words('_Py_CheckEmscriptenSignals_Helper _PyEM_TrampolineCall_JS __call_sighandler'),
  ...words('exit proc_exit _abort_js __assert_fail'),
  ...words('emscripten_runtime_keepalive_push emscripten_runtime_keepalive_pop'),
  // Asked once while CPython starts, although the JavaScript bridge is never set up; replaced in seal.ts.
  ...words('__hiwire_deduplicate_new JsvError_Check Jsv_GetError_import'),
]);

const ENOSYS = -52;
const EPERM = -63;
const EAI_NONAME = -2;

/** Imports that ordinary Python code may reach by accident: they fail as on a machine without the feature. */
export const softFailures: Readonly<Record<string, number | null>> = {
  __syscall_socket: ENOSYS,
  __syscall_connect: ENOSYS,
  __syscall_bind: ENOSYS,
  __syscall_listen: ENOSYS,
  __syscall_accept4: ENOSYS,
  __syscall_getsockname: ENOSYS,
  __syscall_getpeername: ENOSYS,
  __syscall_getsockopt: ENOSYS,
  __syscall_sendto: ENOSYS,
  __syscall_recvfrom: ENOSYS,
  __syscall_sendmsg: ENOSYS,
  __syscall_recvmsg: ENOSYS,
  _maybe_connect_async: null,
  _maybe_recvfrom_async: null,
  _maybe_sendto_async: null,
  _try_shutdown: 0,
  getaddrinfo: EAI_NONAME,
  getnameinfo: EAI_NONAME,
  getprotobyname: 0,
  // A device node made by Python could name any registered driver.
  __syscall_mknodat: EPERM,
  // Emscripten implements `system()` with `child_process` under Node.
  _emscripten_system: -1,
  // The loader of side modules evaluates JavaScript that they carry.
  _dlopen_js: 0,
  _dlsym_js: 0,
  ffi_closure_alloc_js: 0,
  ffi_prep_closure_loc_js: 1,
  _setitimer_js: ENOSYS,
};
