import {
  chainFrom,
  findCircle,
  requestNode,
  waitsOf,
  type RunState,
  type WaitGraph,
} from '@signalbox/engine';
import type { Plan } from '@signalbox/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../interlocking/project.ts';
import { tell, told } from './tell.ts';

/** Random graphs of a few nodes; `x` and `y` are waited for and never wait. */
const graphs = fc
  .dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    fc.array(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'x', 'y'), { minLength: 1, maxLength: 3 }),
      {
        maxLength: 3,
      },
    ),
  )
  .map((edges): WaitGraph => new Map(Object.entries(edges)));

/** Everybody who can end: those all of whose reasons have somebody who can, round by round, as plainly as possible. */
function ending(graph: WaitGraph): Set<string> {
  const done = new Set<string>();
  for (let before = -1; before !== done.size;) {
    before = done.size;
    for (const [node, reasons] of graph) {
      if (reasons.every((anyOf) => anyOf.some((one) => !graph.has(one) || done.has(one)))) done.add(node);
    }
  }
  return done;
}

describe('findCircle', () => {
  it('finds one exactly where somebody can never end, and it is one', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const able = ending(graph);
        const circle = findCircle(graph);
        expect(circle === undefined).toBe(able.size === graph.size);
        for (const [index, node] of (circle ?? []).entries()) {
          const next = circle?.[(index + 1) % circle.length] ?? '';
          expect(able.has(node)).toBe(false);
          expect(
            graph.get(node)?.some((anyOf) => anyOf.includes(next) && !anyOf.some((one) => able.has(one))),
          ).toBe(true);
        }
        expect(new Set(circle).size).toBe(circle?.length ?? 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes nobody for stuck who has another way out', () => {
    const graph = new Map([
      ['a', [['b', 'c']]],
      ['b', [['a']]],
    ]);
    expect(findCircle(graph)).toBeUndefined();
    expect(findCircle(new Map([...graph, ['c', [['b']]]]))).toEqual(['a', 'b']);
  });
});

describe('chainFrom', () => {
  it('ends at somebody who waits for nobody, or closes a circle (LAW-14)', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom('a', 'b', 'c', 'x'), (graph, start) => {
        const able = ending(graph);
        const { path, closesAt } = chainFrom(graph, start);
        expect(path[0]).toBe(start);
        expect(new Set(path).size).toBe(path.length);
        for (const [index, node] of path.slice(0, -1).entries())
          expect((graph.get(node) ?? []).flat()).toContain(path[index + 1]);
        const last = path.at(-1) ?? '';
        if (closesAt === undefined) expect(graph.get(last) ?? []).toEqual([]);
        else expect(path).toContain(closesAt);
        expect(closesAt === undefined).toBe(!graph.has(start) || able.has(start));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('waitsOf', () => {
  it('has no circle in any history, and every waiter a chain to its end (LAW-14)', () => {
    let chains = 0;
    fc.assert(
      fc.property(told(60), (history) => {
        tell(history, {
          atRest({ rows }, now) {
            const { graph, nodes } = waitsOf({ project: PROJECT, rows, now }, NOTHING);
            expect(findCircle(graph)).toBeUndefined();
            for (const { id, status } of rows.bundles.values()) {
              if (status !== 'queued') continue;
              chains += 1;
              const { path } = chainFrom(graph, requestNode(id));
              expect(path.length).toBeGreaterThan(1);
              expect(nodes.get(path.at(-1) ?? '')?.kind).toMatch(/^(stage|condition)$/);
            }
          },
        });
      }),
      { numRuns: 30 },
    );
    expect(chains).toBeGreaterThan(100);
  });

  it('goes on through the holder to its job, and to the job that has the agent', () => {
    const project = tell(
      { first: [], crowd: { pipelines: 1, ownBehavior: 1000, byRun: false }, steps: [] },
      {},
    );
    const instance = { readyAt: 1, steps: [], outputs: {}, pool: 4, phase: 'queued' } as const;
    const jobs = [
      { name: 'Roll', attempt: 1, phase: 'running', startTime: 1, cancelling: false, instances: [instance] },
    ];
    const state = {
      id: 9,
      stages: [
        { name: 'Build', attempt: 1, phase: 'running', jobs },
        { name: 'Deploy', attempt: 1, phase: 'notStarted', jobs: [] },
      ],
    } as unknown as RunState;
    const plan = { stages: [{ name: 'Deploy', dependsOn: ['Build'] }] } as unknown as Plan;
    const taken = { run: 3, instance: { stage: 'Test', job: 'Long' }, state: { phase: 'assigned' } };
    const facts = {
      runs: new Map([[9, { state, plan }]]),
      pools: new Map([[4, [taken as never]]]),
    };
    const { graph, nodes } = waitsOf({ project: PROJECT, rows: project.rows, now: 1 }, facts);
    const { path } = chainFrom(graph, 'stage 9 deploy');
    expect(path).toEqual(['stage 9 deploy', 'stage 9 build', 'pool 4', 'job 3 test long']);
    expect(nodes.get('job 3 test long')).toEqual({ kind: 'job', run: 3, stage: 'Test', job: 'Long' });
  });

  it('knows of a holder that a cancel waits for its end, unless it was cancelled by force (Q6, U8)', () => {
    const { rows } = tell(
      { first: [], crowd: { pipelines: 1, ownBehavior: 1000, byRun: false }, steps: [] },
      {},
    );
    const protectedBy = [{ lock: 1, lockName: 'vault' }];
    const cancelRequested = { at: 5, by: 'Ada', of: 'run' };
    const apply = { name: 'Apply', attempt: 1, phase: 'running', jobs: [], protectedBy, cancelRequested };
    const nodeOf = (cancelling: boolean): unknown => {
      const state = { id: 9, stages: [{ ...apply, cancelling }] } as unknown as RunState;
      const runs = new Map([[9, { state, plan: { stages: [] } as unknown as Plan }]]);
      return waitsOf({ project: PROJECT, rows, now: 6 }, { runs, pools: new Map() }).nodes.get(
        'stage 9 apply',
      );
    };
    const node = { kind: 'stage', run: 9, stage: 'Apply' };
    expect(nodeOf(false)).toEqual({ ...node, cancel: { ...cancelRequested, protectedBy } });
    expect(nodeOf(true)).toEqual(node);
  });
});

const NOTHING = { runs: new Map(), pools: new Map() };
