/** What became of a try. `gone`: nobody wants to hear anything there any more. */
export type Sent =
  | { readonly kind: 'delivered'; readonly result: string }
  | { readonly kind: 'refused'; readonly result: string; readonly again: boolean; readonly gone?: true }
  /** The other side said when to come back. */
  | { readonly kind: 'later'; readonly result: string; readonly afterMs: number };
