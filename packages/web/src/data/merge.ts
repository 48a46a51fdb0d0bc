/** Replaces or adds one thing by its id; what did not change keeps its identity. */
export function merged<T extends { readonly id: number }>(list: readonly T[], one: T): readonly T[] {
  const known = list.some((each) => each.id === one.id);
  return known ? list.map((each) => (each.id === one.id ? one : each)) : [one, ...list];
}
