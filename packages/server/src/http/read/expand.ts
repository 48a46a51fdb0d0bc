import type { Query } from './query.ts';

/** Whether `$expand` asks for signed addresses: a word, or 1 as the node client sends it (REST.md §2.6). */
export function wantsSigned(query: Query): boolean {
  return ['signedcontent', '1'].includes(query.text('$expand')?.toLowerCase() ?? '');
}
