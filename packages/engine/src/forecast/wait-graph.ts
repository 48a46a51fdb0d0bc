/** A reason to wait: any one of these nodes has to end. A node that the graph does not have ends by itself. */
export type AnyOf = readonly string[];

/** Who waits for whom. A node waits for all of its reasons; one without any ends by itself. */
export type WaitGraph = ReadonlyMap<string, readonly AnyOf[]>;

/** The way from a node on, each waiting for the next. */
export interface Chain {
  /** From the node to the end, both included; of a circle, up to where it closes, without naming anybody twice. */
  readonly path: readonly string[];
  /** The last of the path waits for this one, which stands in the path as well: nobody of the circle ever ends. */
  readonly closesAt?: string;
}

/**
 * A circle in which each waits for the next and the last for the first; undefined: everybody ends once those end
 * who wait for nobody (LAW-14). Of several circles the one that is met first in the order of the graph.
 */
export function findCircle(graph: WaitGraph): readonly string[] | undefined {
  const rounds = roundsOf(graph);
  const start = [...graph.keys()].find((node) => !rounds.has(node));
  if (start === undefined) return undefined;
  const { path, closesAt } = follow(graph, rounds, start);
  return closesAt === undefined ? undefined : path.slice(path.indexOf(closesAt));
}

/** The chain from a node to its end, by the first reason of each; or into a circle, if that is why it waits. */
export function chainFrom(graph: WaitGraph, start: string): Chain {
  return follow(graph, roundsOf(graph), start);
}

type Rounds = ReadonlyMap<string, number>;

function follow(graph: WaitGraph, rounds: Rounds, start: string): Chain {
  const path: string[] = [];
  for (let node: string | undefined = start; node !== undefined; node = nextOf(graph, rounds, node)) {
    if (path.includes(node)) return { path, closesAt: node };
    path.push(node);
  }
  return { path };
}

/**
 * The next one of a chain. Who ends has, in each reason, somebody who ends before: so the chain comes to an end. Who
 * never ends has a reason in which nobody does: so the chain comes to a circle.
 */
function nextOf(graph: WaitGraph, rounds: Rounds, node: string): string | undefined {
  const reasons = graph.get(node) ?? [];
  const own = rounds.get(node);
  const endOf = (target: string): number => (graph.has(target) ? (rounds.get(target) ?? Infinity) : 0);
  if (own === undefined) return reasons.find((anyOf) => anyOf.every((one) => endOf(one) === Infinity))?.[0];
  return reasons[0]?.find((target) => endOf(target) < own);
}

/** When each node can end, if all end as soon as they can: 1 for the first round. Those not in it never can. */
function roundsOf(graph: WaitGraph): Rounds {
  const rounds = new Map<string, number>();
  const waiters = waitersOf(graph);
  const isMet = (anyOf: AnyOf): boolean => anyOf.some((one) => !graph.has(one) || rounds.has(one));
  let candidates: ReadonlySet<string> = new Set(graph.keys());
  for (let round = 1; candidates.size > 0; round += 1) {
    const ending = [...candidates].filter((node) => (graph.get(node) ?? []).every(isMet));
    for (const node of ending) rounds.set(node, round);
    const next = ending.flatMap((node) => [...(waiters.get(node) ?? [])]);
    candidates = new Set(next.filter((node) => !rounds.has(node)));
  }
  return rounds;
}

function waitersOf(graph: WaitGraph): ReadonlyMap<string, ReadonlySet<string>> {
  const waiters = new Map<string, Set<string>>();
  for (const [node, reasons] of graph) {
    for (const target of reasons.flat()) {
      const known = waiters.get(target) ?? new Set();
      waiters.set(target, known.add(node));
    }
  }
  return waiters;
}
