import type { Instant } from '@signalbox/model';
import type { BlobOwner, Blobs } from '../port/blobs.ts';

interface Use {
  readonly project: number;
  readonly at: Instant;
}

/** Who uses which contents, in memory. */
export class MemoryBlobs implements Blobs {
  readonly #owners = new Map<string, Map<string, Use>>();
  readonly #clock: () => Instant;

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  async use({ owner, project }: BlobOwner, sha256: readonly string[]): Promise<void> {
    const uses = this.#owners.get(owner) ?? new Map<string, Use>();
    for (const one of sha256) uses.set(one, { project, at: this.#clock() });
    this.#owners.set(owner, uses);
  }

  async release(owner: string): Promise<void> {
    this.#owners.delete(owner);
  }

  async releaseLeases(before: Instant): Promise<void> {
    for (const [owner, uses] of this.#owners) {
      const isOld = [...uses.values()].every(({ at }) => at < before);
      if (owner.startsWith('lease:') && isOld) this.#owners.delete(owner);
    }
  }

  async used(sha256: readonly string[]): Promise<readonly string[]> {
    return sha256.filter((one) => this.#someUse(one, () => true));
  }

  async usedIn(project: number, sha256: readonly string[]): Promise<readonly string[]> {
    return sha256.filter((one) => this.#someUse(one, (use) => use.project === project));
  }

  async uses(owner: string, sha256: string): Promise<boolean> {
    return this.#owners.get(owner)?.has(sha256) ?? false;
  }

  #someUse(sha256: string, test: (use: Use) => boolean): boolean {
    for (const uses of this.#owners.values()) {
      const use = uses.get(sha256);
      if (use !== undefined && test(use)) return true;
    }
    return false;
  }
}
