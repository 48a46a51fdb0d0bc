import { fill } from './fill.ts';
import type { CallParts, CalledConnection } from './call.ts';

/**
 * The address of a connection with a suffix behind it, joined as text (HOOK-1). Undefined when the suffix leads
 * elsewhere: to another host, which would get the connection's credentials, or above the connection's path.
 */
export function connected(
  { url }: CalledConnection,
  suffix: string,
  lookup: CallParts['lookup'],
): string | undefined {
  const filled = fill(suffix, 'address', lookup);
  const text = slashed(url, filled);
  if (!URL.canParse(url) || !URL.canParse(text)) return undefined;
  const [from, to] = [new URL(url), new URL(text)];
  const isBelow = `${to.pathname}/`.startsWith(`${from.pathname.replace(/\/+$/, '')}/`);
  return from.origin === to.origin && isBelow && to.username === '' && to.password === '' ? text : undefined;
}

/** One slash between the two, and none before a query. */
function slashed(url: string, suffix: string): string {
  if (suffix === '') return url;
  if (suffix.startsWith('?')) return url + suffix;
  return `${url.replace(/\/+$/, '')}/${suffix.replace(/^\/+/, '')}`;
}
