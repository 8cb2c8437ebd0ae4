/**
 * Doors of a process that Node's permissions leave open: signals to other processes, one of which opens their debugger, and
 * the old ways to Node's insides. The network stays open before Node 25.
 */
const doors = ['kill', '_kill', '_debugProcess', '_debugEnd', 'binding', '_linkedBinding', 'dlopen'] as const;

export function closeDoors(): void {
  for (const name of doors) Reflect.deleteProperty(process, name);
}

/** What the wall lets through and must not; empty when it stands. */
export function openDoors(): string {
  const { permission } = process;
  if (permission === undefined) return 'it runs without a permission model';
  const allowed = ['fs.read', 'fs.write', 'child', 'worker', 'addon'].filter((what) => permission.has(what));
  return [...allowed, ...doors.filter((name) => Reflect.has(process, name))].join(', ');
}
