import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FilesError } from './job-files.ts';

/** A folder that files are unpacked in. Its own path is the caller's; below it no link is followed (TH11). */
export class SafeFolder {
  readonly #root: string;
  readonly #known = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Makes a folder below it, with all above; `.` and the empty path are the folder itself. */
  async make(path: string): Promise<void> {
    if (this.#known.size === 0) {
      await mkdir(this.#root, { recursive: true });
      this.#known.add('');
    }
    let made = '';
    for (const part of path.split('/').filter((one) => one !== '' && one !== '.')) {
      made = made === '' ? part : `${made}/${part}`;
      if (this.#known.has(made)) continue;
      await this.#makeOne(made);
      this.#known.add(made);
    }
  }

  async #makeOne(path: string): Promise<void> {
    const place = join(this.#root, path);
    const known = await lstat(place).catch(() => undefined);
    if (known === undefined) return mkdir(place);
    if (known.isDirectory()) return;
    throw new FilesError(`"${place}" is in the way: it is no folder, or a link to one.`);
  }
}
