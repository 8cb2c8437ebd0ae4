import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppendList, PersistentMap } from '../../src/runs/persistent.ts';

test('the map behaves as a Map, in every version', () => {
  const entries = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.integer()));
  fc.assert(
    fc.property(entries, fc.array(fc.string({ maxLength: 3 })), (pairs, probes) => {
      const versions: [PersistentMap<number>, Map<string, number>][] = [];
      let map = PersistentMap.empty<number>();
      const model = new Map<string, number>();
      for (const [key, value] of pairs) {
        map = map.set(key, value);
        model.set(key, value);
        versions.push([map, new Map(model)]);
      }
      for (const [version, expected] of versions) {
        expect(version.size).toBe(expected.size);
        for (const key of [...expected.keys(), ...probes]) expect(version.get(key)).toBe(expected.get(key));
      }
    }),
  );
});

test('keys that fall into one bucket are kept apart', () => {
  let map = PersistentMap.empty<number>();
  for (let i = 0; i < 200_000; i++) map = map.set(`k${i}`, i);
  expect(map.size).toBe(200_000);
  for (let i = 0; i < 200_000; i += 997) expect(map.get(`k${i}`)).toBe(i);
});

test('two lists that grow out of one do not see each other', () => {
  const base = AppendList.empty<number>().append(1).append(2);
  const left = base.append(3);
  const right = base.append(4).append(5);
  expect([...base]).toEqual([1, 2]);
  expect([...left]).toEqual([1, 2, 3]);
  expect([...right]).toEqual([1, 2, 4, 5]);
  expect([left.at(-1), base.at(2), right.at(0), base.at(-3)]).toEqual([3, undefined, 1, undefined]);
});
