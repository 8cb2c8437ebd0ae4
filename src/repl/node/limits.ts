import type { RealmLimits } from './realm/host.ts';

/** What an interpreter may take besides memory. */
export const realmLimits: Omit<RealmLimits, 'memoryBytes'> = {
  fileBytes: 64 * 2 ** 20,
  inodes: 10_000,
  stdioChars: 65_536,
};
