import { fold } from '../ids.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** The longest name of a zone that is looked at. */
export const MAX_ZONE_NAME = 100;

const BY_FOLDED_NAME = new Map([...WINDOWS_ZONES].map(([windows, zone]) => [fold(windows), zone]));

/**
 * The zone of the tz database that a name means: a Windows zone id as Azure sends it (BH-1), or a name of the tz
 * database such as `Europe/Berlin`; letter case does not count. Undefined: there is no such zone.
 */
export function findZone(name: string): string | undefined {
  const windows = BY_FOLDED_NAME.get(fold(name.trim()));
  if (windows !== undefined) return windows;
  return isZone(name) ? name : undefined;
}

function isZone(name: string): boolean {
  // Offsets like +01:00 are taken by some versions of the runtime and not by others.
  if (name.length > MAX_ZONE_NAME || !/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
