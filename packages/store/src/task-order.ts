import { compareVersions, fold } from '@signalbox/model';
import type { TaskPackageRow } from './port/tasks.ts';

/** Task packages by name, and of one task the newest version first, which no text order gives. */
export function newestFirst(rows: readonly TaskPackageRow[]): readonly TaskPackageRow[] {
  const key = ({ manifest }: TaskPackageRow): string => `${fold(manifest.name)} ${manifest.id}`;
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x !== y) return x < y ? -1 : 1;
    return compareVersions(b.manifest.version, a.manifest.version);
  });
}
