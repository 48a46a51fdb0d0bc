import type { Filter } from '@signalbox/model';
import { fitsPath } from './wildcard.ts';

/**
 * Whether a push starts a run by its changed files, paths from the root of the repository: one that passes is enough.
 * Of the patterns that fit a file the most specific decides; of two alike the exclude (TRIG-6).
 */
export function takesPaths(filter: Filter | undefined, changed: readonly string[]): boolean {
  if (filter === undefined) return true;
  const include = (filter.include.length === 0 ? ['**'] : filter.include).map(readPattern);
  const exclude = filter.exclude.map(readPattern);
  return changed.some((path) => {
    const wanted = mostSpecific(include, path);
    return wanted !== undefined && wanted > (mostSpecific(exclude, path) ?? -1);
  });
}

interface PathPattern {
  readonly fits: (path: string) => boolean;
  /** How much of a path it fixes: whole folders first, then characters. */
  readonly weight: number;
}

function mostSpecific(patterns: readonly PathPattern[], path: string): number | undefined {
  const weights = patterns.filter(({ fits }) => fits(path)).map(({ weight }) => weight);
  return weights.length === 0 ? undefined : Math.max(...weights);
}

/** `docs`, `docs/`, `docs/*` and `docs/**` all mean the folder; a name alone may be a file as well. */
function readPattern(written: string): PathPattern {
  const pattern = written.replace(/^\/+/, '').replace(/(?:^|\/)\*{0,2}\/*$/, '');
  const parts = pattern.split('/').filter((part) => /[^*?]/.test(part));
  const letters = pattern.replaceAll(/[*?]/g, '').length;
  return {
    fits: (path) => pattern === '' || fitsPath(pattern, path) || fitsPath(`${pattern}/**`, path),
    weight: parts.length * 4096 + Math.min(letters, 4095),
  };
}
