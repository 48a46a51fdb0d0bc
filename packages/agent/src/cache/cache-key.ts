/** A segment of a key, as the author wrote it. */
export type KeySegment =
  /** Counts as it is. */
  | { readonly kind: 'text'; readonly text: string }
  /** The hash of the files that these patterns choose counts: one per line, `!` takes away. */
  | { readonly kind: 'files'; readonly patterns: string };

/** The segments of a key, or why it is none. */
export type CacheKey =
  | { readonly ok: true; readonly segments: readonly KeySegment[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads a key of `Cache@2`: segments between `|`; text in double quotes counts as it is, what looks like a path or a
 * pattern stands for files, anything else is text, too.
 */
export function readCacheKey(key: string): CacheKey {
  const parts = splitOutsideQuotes(key);
  if (parts === undefined)
    return { ok: false, problem: `The cache key "${key}" has a quote without its end.` };
  if (parts.some((part) => part === ''))
    return { ok: false, problem: `The cache key "${key}" has an empty segment.` };
  return { ok: true, segments: parts.map(segmentOf) };
}

function splitOutsideQuotes(key: string): readonly string[] | undefined {
  const parts = [''];
  let quoted = false;
  for (const character of key) {
    if (character === '"') quoted = !quoted;
    if (character === '|' && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return quoted ? undefined : parts.map((part) => part.trim());
}

function segmentOf(part: string): KeySegment {
  if (!isPath(part)) {
    // A bar inside quotes must not look like the border of a segment.
    return { kind: 'text', text: part.replaceAll('%', '%25').replaceAll('|', '%7C') };
  }
  const patterns = part
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .join('\n');
  return { kind: 'files', patterns };
}

/** A name with a dot or a slash in it, and nothing that no path has: `v1.` and `"a.b"` are text, `**` alone as well. */
function isPath(part: string): boolean {
  if (part.includes('"') || /[<>|:;]/.test(part.replace(/^[A-Za-z]:/, ''))) return false;
  return /[./\\]/.test(part) && !part.endsWith('.');
}
