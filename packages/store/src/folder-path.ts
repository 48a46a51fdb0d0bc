import { fold } from '@signalbox/model';

/** Whether a path is a folder itself or lies below it, letter case aside: `\team\web` is in `\team`. */
export function isInFolder(path: string, folder: string): boolean {
  const [inner, outer] = [fold(path), fold(folder)];
  return inner === outer || inner.startsWith(`${outer}\\`);
}
