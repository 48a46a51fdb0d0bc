/** Refs with their commits. */
export type Refs = Readonly<Record<string, string>>;

/** What became of a ref between two looks. */
export type RefChange =
  | { readonly kind: 'made'; readonly ref: string; readonly to: string }
  | { readonly kind: 'moved'; readonly ref: string; readonly from: string; readonly to: string }
  | { readonly kind: 'deleted'; readonly ref: string };

/** What is not as it was, by the names of the refs. */
export function changesOf(before: Refs, now: Refs): readonly RefChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((ref): readonly RefChange[] => {
    const [from, to] = [before[ref], now[ref]];
    if (from === to) return [];
    if (to === undefined) return [{ kind: 'deleted', ref }];
    return from === undefined ? [{ kind: 'made', ref, to }] : [{ kind: 'moved', ref, from, to }];
  });
}

/** A push as somebody told of it: a hint where one push ends and the next begins. */
export interface PushHint {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  /** Who pushed. */
  readonly by?: string;
}

/** One push of a branch. */
export interface Segment {
  readonly from: string;
  readonly to: string;
  readonly by?: string;
}

/** Of more pushes at once the oldest become one. */
const MOST_PUSHES = 50;

/**
 * The pushes that moved a branch. Those that were told of when they make a chain; otherwise each commit of the branch
 * counts as one, because several pushes between two looks cannot be told apart from one push of several commits.
 */
export function segmentsOf(
  { from, to }: Segment,
  commits: readonly string[],
  hints: readonly PushHint[],
): readonly Segment[] {
  const told = chainOf({ from, to }, hints);
  if (told.length > 0) return told;
  const ends = commits.length === 0 ? [to] : commits.slice(-MOST_PUSHES);
  return ends.map((end, index) => ({ from: ends[index - 1] ?? from, to: end }));
}

function chainOf({ from, to }: Segment, hints: readonly PushHint[]): readonly Segment[] {
  const chain: Segment[] = [];
  const left = [...hints];
  for (let at = from; at !== to;) {
    const index = left.findIndex((hint) => hint.before === at);
    const [hint] = index < 0 ? [] : left.splice(index, 1);
    if (hint === undefined) return [];
    chain.push({ from: at, to: hint.after, ...(hint.by !== undefined && { by: hint.by }) });
    at = hint.after;
  }
  return chain;
}
