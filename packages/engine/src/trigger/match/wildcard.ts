/** What stars and question marks of a pattern may stand for. */
type Reach = 'anything' | 'name';

/** A pattern in which `*` is any text, slashes too, and `?` one character; letter case counts (TRIG-4). */
export function fitsPattern(pattern: string, text: string): boolean {
  return fits(pattern, text, 'anything');
}

/** The same for paths: `*` and `?` stay inside one name, `**` does not (TRIG-6). */
export function fitsPath(pattern: string, path: string): boolean {
  return fits(pattern, path, 'name');
}

/**
 * Follows every way through the text at once, so that the time is bounded by both lengths whatever the stars: patterns
 * come from files that anybody may push.
 */
function fits(pattern: string, text: string, reach: Reach): boolean {
  const parts = pattern.match(/\*\*+\/|\*\*+|[^]/gu) ?? [];
  let places = new Set([0]);
  for (const part of parts) {
    places = after(part, places, { text, reach });
    if (places.size === 0) return false;
  }
  return places.has(text.length);
}

interface Subject {
  readonly text: string;
  readonly reach: Reach;
}

/** Where a reader can be behind one part of the pattern. */
function after(part: string, places: ReadonlySet<number>, { text, reach }: Subject): Set<number> {
  const next = new Set<number>();
  const mayPass = (at: number): boolean => at < text.length && (reach === 'anything' || text[at] !== '/');
  if (part.startsWith('**')) {
    const first = Math.min(...places);
    for (const place of places) next.add(place);
    for (let at = first + 1; at <= text.length; at += 1) {
      // `**/` ends behind a slash, or is nothing.
      if (!part.endsWith('/') || text[at - 1] === '/') next.add(at);
    }
    return next;
  }
  for (const place of places) {
    if (part === '*') for (let at = place; !next.has(at) && (next.add(at), mayPass(at));) at += 1;
    else if (part === '?' ? mayPass(place) : text.startsWith(part, place)) next.add(place + part.length);
  }
  return next;
}
