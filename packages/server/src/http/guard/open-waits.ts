/** Counts questions that are kept open, so that one caller cannot use up all connections (TH21). */
export interface OpenWaits {
  /** Takes a place; what it answers gives it back. Undefined: the caller has as many as it may have. */
  enter(caller: string): (() => void) | undefined;
}

/** An empty count. */
export function createOpenWaits(most: number): OpenWaits {
  const open = new Map<string, number>();
  return {
    enter(caller) {
      const before = open.get(caller) ?? 0;
      if (before >= most) return undefined;
      open.set(caller, before + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        const now = (open.get(caller) ?? 1) - 1;
        if (now === 0) open.delete(caller);
        else open.set(caller, now);
      };
    },
  };
}
