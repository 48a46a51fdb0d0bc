import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = 4096;

/** A file system of its own, so small that a test can fill it. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Mounts one of so many MiB in memory; the reason when this user or system may not. */
  static mount(mebibytes: number): SmallDisk | { readonly missing: string } {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-disk-'));
    try {
      const options = ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder];
      execFileSync('mount', options, { stdio: ['ignore', 'ignore', 'pipe'] });
      return new SmallDisk(folder);
    } catch {
      rmSync(folder, { recursive: true, force: true });
      return { missing: 'Mounting a small file system is not allowed here.' };
    }
  }

  /** Takes every byte that is left. */
  fill(): void {
    const file = openSync(this.#ballast, 'a');
    try {
      for (const piece = Buffer.alloc(PIECE); ;) writeSync(file, piece);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives it back. */
  clear(): void {
    rmSync(this.#ballast, { force: true });
  }

  /** Everybody has closed their files on it by now. */
  unmount(): void {
    execFileSync('umount', [this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }
}
