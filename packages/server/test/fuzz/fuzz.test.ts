import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complaintsAbout } from './judge.ts';
import { hostileRequests, type HostileRequest } from './requests.ts';
import { seedsOfRoutes, seedsOfTables } from './seeds.ts';
import { fuzzWorld, type World } from './world.ts';

/** Longer runs with other requests: `SIGNALBOX_TEST_FACTOR=100 npx vitest run --project server fuzz`. */
const FACTOR = Number(process.env['SIGNALBOX_TEST_FACTOR'] ?? 1);
const REQUESTS = 600;
// The same requests each time, so that a run says something about the change that was made; longer ones look for more.
const SEED = Number(process.env['SIGNALBOX_TEST_SEED'] ?? (FACTOR === 1 ? 20_261_122 : Date.now() % 2 ** 31));
// A picture of everything costs as much as many requests.
const LOOK_EVERY = 8;

describe('whatever is asked (TH21, INV-72)', () => {
  let world: World;

  beforeAll(async () => {
    world = await fuzzWorld();
  });

  afterAll(async () => {
    await world.box.close();
  });

  it.each([
    ['the tables of spec/rest', seedsOfTables()],
    ['the table of routes', seedsOfRoutes()],
  ] as const)(
    'gets an answer that tells nothing, and what is refused changes nothing: requests of %s',
    async (_, seeds) => {
      const watch = createWatch(world);
      const findings: string[] = [];
      for (const request of fc.sample(hostileRequests(seeds), { seed: SEED, numRuns: REQUESTS * FACTOR })) {
        const response = await world.send(request);
        const complaints = complaintsAbout(response, world.secrets);
        if (complaints.length > 0)
          findings.push(`${complaints.join(', ')}: ${shown(request)} → ${cut(response.body)}`);
        findings.push(...(await watch.after(request, response.statusCode)));
      }
      findings.push(...(await watch.look()));
      expect(findings, `SIGNALBOX_TEST_SEED=${SEED}`).toEqual([]);
      for (const path of ['//readyz', '/Demo/_apis/build/builds'])
        expect((await world.box.call('GET', path)).statusCode).toBe(200);
    },
    120_000 * FACTOR,
  );
});

/** Compares what there is before and after requests that were refused. */
interface Watch {
  after(request: HostileRequest, status: number): Promise<readonly string[]>;
  look(): Promise<readonly string[]>;
}

function createWatch(world: World): Watch {
  let before: string | undefined;
  let refused: HostileRequest[] = [];
  const look: Watch['look'] = async () => {
    const [suspects, was] = [refused, before];
    refused = [];
    before = await world.picture();
    if (was === undefined || before === was) return [];
    return [`refused, and yet ${difference(was, before)} by one of: ${suspects.map(shown).join(' | ')}`];
  };
  return {
    look,
    async after(request, status) {
      if (request.method === 'GET') return [];
      if (status >= 400) {
        refused.push(request);
        return refused.length < LOOK_EVERY ? [] : look();
      }
      // It was taken, and may have changed anything; what was refused before it cannot be told apart any more.
      refused = [];
      before = await world.picture();
      return [];
    },
  };
}

function difference(was: string, is: string): string {
  const [old, now] = [was.split('\n'), is.split('\n')];
  const at = now.findIndex((line, index) => line !== old[index]);
  return `${cut(old[at] ?? '')} became ${cut(now[at] ?? '')}`;
}

function shown({ method, path, body, headers, as }: HostileRequest): string {
  return `${as} ${method} ${cut(path)} ${JSON.stringify(headers)} ${cut(body ?? '')}`;
}

function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text;
}
