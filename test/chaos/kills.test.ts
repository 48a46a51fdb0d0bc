import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, whenCompleted } from '../support/queue.ts';
import { below } from '../support/random.ts';
import { waitUntil } from '../support/wait.ts';
import { chance, SEED } from './chance.ts';
import { expected, judgeDiary, judgeJobs, judgeLocks, judgeLog, judgeProcesses } from './kills/judge.ts';
import { requestOf, results, type Ending } from './kills/judge.ts';
import { KINDS, type Kind, type Victim } from './kills/kinds.ts';
import { Workshop, WORKSHOP } from './kills/workshop.ts';

/** Ten runs, and a lock that is kept for lease, clean-up and margin. */
const LIMIT_MS = 900_000;

/**
 * Nobody loses a lease of minutes while a busy machine starts a server again; who is to be lost has a short one.
 */
const ACTS: readonly { readonly lease: number; readonly victims: readonly Victim[] }[] = [
  { lease: 300, victims: ['server', 'cut'] },
  { lease: 20, victims: ['agent', 'both'] },
];

interface Brought {
  readonly kind: Kind;
  readonly run: number;
}

describe.each(ACTS)(
  `at every kind of step, with a lease of $lease s (seed ${SEED})`,
  ({ lease, victims }) => {
    const workshop = new Workshop(lease);
    const random = chance();

    beforeAll(() => workshop.open(), LIMIT_MS);

    afterAll(() => workshop.close(), LIMIT_MS);

    /** What waits for people or a clock comes first: the agent of one of them is needed again. */
    async function bringAll(): Promise<readonly Brought[]> {
      const bring = (onAgent: boolean): Promise<readonly Brought[]> =>
        Promise.all(
          KINDS.filter((kind) => kind.isOnAgent === onAgent).map(async (kind) => ({
            kind,
            run: await workshop.bring(kind),
          })),
        );
      return [...(await bring(false)), ...(await bring(true))];
    }

    /** It strikes, and everything is there again. */
    async function strike(victim: Victim): Promise<void> {
      if (victim === 'cut') return workshop.cutLines();
      const { agent, server } = { agent: victim !== 'server', server: victim !== 'agent' };
      await pause(below(random, 1000));
      if (server) await workshop.killServer();
      if (agent) await workshop.killAgents();
      await pause(below(random, 1000));
      if (agent) workshop.startAgents();
      if (server) await workshop.startServer();
      if (agent) await workshop.whenServing();
    }

    async function approve(kind: Kind, run: number): Promise<void> {
      if (kind.at === 'approval')
        await cli(workshop.box, 'approvals', 'approve', String(run), '--project', WORKSHOP);
    }

    /** Until when the lock of a lost job is kept; undefined: its job is not lost. */
    async function keptUntil(run: number, victim: Victim): Promise<string | undefined> {
      if (victim !== 'agent' && victim !== 'both') return undefined;
      let until: string | undefined;
      await waitUntil('the lock is quarantined', async () => {
        until = (await requestOf(workshop.box, run))?.holder?.until;
        return until !== undefined;
      });
      return until;
    }

    it.each(victims)(
      '%s',
      async (victim) => {
        workshop.shutGates();
        const brought = await bringAll();
        const holder = brought.find(({ kind }) => kind.name === 'locked');
        if (holder === undefined) throw new Error('Nothing holds a lock.');
        const next = await workshop.bringNext(holder.kind);
        await strike(victim);
        if (victim === 'agent' || victim === 'both') await judgeProcesses(workshop);
        const until = await keptUntil(holder.run, victim);
        workshop.openGates();
        for (const { kind, run } of brought) await approve(kind, run);
        const views = await whenCompleted(
          workshop.box,
          WORKSHOP,
          brought.map(({ run }) => run),
          LIMIT_MS,
        );
        const [after] = await whenCompleted(workshop.box, WORKSHOP, [next], LIMIT_MS);
        const endings = views.map((run): Ending => ({
          kind: brought.find((one) => one.run === run.id)!.kind,
          run,
        }));
        expect(results(endings)).toEqual(
          brought.map(({ kind }) => `${kind.name}: ${expected(kind, victim)}`),
        );
        expect(after?.result, 'what came after the lost one').toBe('succeeded');
        judgeJobs(endings, victim);
        const diary = workshop.diary();
        judgeDiary(diary, endings);
        await judgeLocks(workshop.box);
        if (until !== undefined)
          expect(Date.parse((await requestOf(workshop.box, next))?.assignTime ?? '')).toBeGreaterThanOrEqual(
            Date.parse(until),
          );
        const talker = endings.find(({ kind }) => kind.name === 'locked');
        if (talker?.run.result === 'succeeded') await judgeLog(workshop.box, diary, talker.run);
        const wait = endings.find(({ kind }) => kind.name === 'delay')?.run.stages[0]?.jobs[0];
        expect(Date.parse(wait?.finishTime ?? '') - Date.parse(wait?.startTime ?? '')).toBeGreaterThanOrEqual(
          60_000,
        );
      },
      LIMIT_MS,
    );
  },
);
