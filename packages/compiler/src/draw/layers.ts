/**
 * The layer of each node of an acyclic graph: 0 for one that waits for nothing, else one more than the latest of those
 * that it waits for. `after` holds positions in the same list.
 */
export function layersOf(after: readonly (readonly number[])[]): readonly number[] {
  const layers = after.map(() => 0);
  const missing = after.map((list) => list.length);
  const followers = after.map((): number[] => []);
  for (const [index, list] of after.entries()) for (const one of list) followers[one]?.push(index);
  const ready = [...after.keys()].filter((index) => missing[index] === 0);
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    for (const follower of followers[next] ?? []) {
      layers[follower] = Math.max(layers[follower] ?? 0, (layers[next] ?? 0) + 1);
      missing[follower] = (missing[follower] ?? 0) - 1;
      if (missing[follower] === 0) ready.push(follower);
    }
  }
  return layers;
}
