import { openStore, type Engine, type FeedEntry, type Store } from '@signalbox/store';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CuttingProxy } from '../support/cutting-proxy.ts';
import { settle, until } from '../support/harness.ts';
import { findPostgres } from '../support/postgres.ts';
import { birth } from '../support/samples.ts';
import { script, scriptedEngine } from '../support/scripted-engine.ts';

const server = await findPostgres();
const reason = 'missing' in server ? server.missing : '';
const url = 'url' in server ? server.url : '';
let schemas = 0;
const opened: Store[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(() => {
  if ('stop' in server) server.stop();
}, 120_000);

function newSchema(): string {
  schemas += 1;
  return `r${process.pid}_${schemas}`;
}

async function replica(
  schema: string,
  over: { readonly engine?: Engine; readonly url?: string } = {},
): Promise<Store> {
  const store = await openStore({
    kind: 'postgres',
    url,
    schema,
    engine: scriptedEngine(),
    connections: 4,
    ...over,
  });
  opened.push(store);
  return store;
}

function numbersOf(entries: readonly { readonly event: unknown }[]): readonly number[] {
  return entries.map(({ event }) => (event as { readonly n: number }).n);
}

describe.skipIf(reason !== '')(`replicas over PostgreSQL ${reason}`, () => {
  it('that start together apply each migration once', async () => {
    const schema = newSchema();
    const stores = await Promise.all([1, 2, 3, 4].map(() => replica(schema)));
    for (const store of stores) expect(await store.health()).toMatchObject({ writable: true });
    await stores[0]?.settings.set('a', 'b');
    expect(await stores[3]?.settings.get('a')).toBe('b');
  });

  it('handle each message once, in order, without gaps, whoever took it', async () => {
    const schema = newSchema();
    const stores = await Promise.all([1, 2, 3].map(() => replica(schema)));
    const sent = Array.from({ length: 240 }, (_, n) => ({ n, pool: 1 + (n % 4) }));
    await Promise.all(
      sent.map(async ({ n, pool }, index) => {
        const mail = [script({ kind: 'pool', id: 9 }, { events: [{ type: 'e', n }] })];
        const command = script({ kind: 'pool', id: pool }, { events: [{ type: 'e', n }], mail });
        const reply = await stores[index % 3]?.inbox.execute(command, `n${n}`);
        expect(reply).toEqual({ ok: true, value: null });
      }),
    );
    await Promise.all(stores.map(settle));
    const store = stores[0];
    if (store === undefined) throw new Error('no store');
    for (const id of [1, 2, 3, 4, 9]) {
      const journal = await store.journal.read({ kind: 'pool', id });
      expect(journal.map(({ version }) => version)).toEqual(journal.map((_, index) => index + 1));
      const wanted = sent.filter(({ pool }) => id === 9 || pool === id).map(({ n }) => n);
      expect([...numbersOf(journal)].sort((a, b) => a - b)).toEqual(wanted);
    }
    expect(await store.inbox.parked()).toEqual([]);
  });

  it('keep the order of one sender', async () => {
    const schema = newSchema();
    const [a, b] = [await replica(schema), await replica(schema)];
    for (let n = 0; n < 60; n += 1) {
      const sender = n % 2 === 0 ? a : b;
      await sender.inbox.submit([script({ kind: 'pool', id: 1 }, { events: [{ type: 'e', n }] })]);
    }
    await Promise.all([settle(a), settle(b)]);
    const journal = await a.journal.read({ kind: 'pool', id: 1 });
    expect(numbersOf(journal)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  it('show every entry once in the feed, whatever commits meanwhile', async () => {
    const schema = newSchema();
    const [a, b, reader] = [await replica(schema), await replica(schema), await replica(schema)];
    const count = 150;
    const seen: FeedEntry[] = [];
    let cursor: string | undefined;
    const read = async (): Promise<void> => {
      const page = await reader.journal.feed(cursor, 7);
      cursor = page.cursor;
      seen.push(...page.entries);
    };
    const writing = Promise.all(
      Array.from({ length: count }, (_, n) => {
        const command = script({ kind: 'pool', id: 1 + (n % 5) }, { events: [{ type: 'e', n }] });
        return (n % 2 === 0 ? a : b).inbox.execute(command, `n${n}`);
      }),
    );
    await until(async () => {
      await read();
      return seen.length >= count;
    });
    await writing;
    expect([...numbersOf(seen)].sort((x, y) => x - y)).toEqual(Array.from({ length: count }, (_, n) => n));
    for (let id = 1; id <= 5; id += 1) {
      const versions = seen.filter(({ address }) => address.id === id).map(({ version }) => version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });

  it('give run ids that grow in commit order', async () => {
    const schema = newSchema();
    const engine: Engine = { ...scriptedEngine(), trigger: (project) => numberingTrigger(project) };
    const [a, b] = [await replica(schema, { engine }), await replica(schema, { engine })];
    for (const name of ['a', 'b', 'c']) await a.projects.create({ guid: name, name, description: '' });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    let over = false;
    const writing = Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        (n % 2 === 0 ? a : b).inbox.execute(script({ kind: 'trigger', id: 1 + (n % 3) }, {}), `n${n}`),
      ),
    ).then(() => (over = true));
    const looks = new Set<number>();
    while (!over) {
      // What can be seen at one instant has no hole: a run never appears before one with a smaller id.
      const { rows } = await client.query(
        `SELECT count(*)::int AS count, max(id)::int AS last FROM ${schema}.run`,
      );
      const [{ count, last }] = rows as [{ readonly count: number; readonly last: number | null }];
      expect(last ?? 0).toBe(count);
      looks.add(count);
    }
    await writing;
    await client.end();
    expect(looks.size).toBeGreaterThan(3);
    expect(await a.runs.get(60)).toBeDefined();
  });

  it('hear of timers and of growth that others made', async () => {
    const schema = newSchema();
    const [a, b] = [await replica(schema), await replica(schema)];
    const heard = { mail: 0, journal: 0 };
    b.inbox.onMail(() => (heard.mail += 1));
    b.journal.onGrowth(() => (heard.journal += 1));
    const timer = script({ kind: 'pool', id: 2 }, {}, Date.now() + 3_600_000);
    await a.inbox.execute(script({ kind: 'pool', id: 1 }, { events: [{ type: 'x' }], mail: [timer] }), 'k');
    await until(() => heard.mail > 0 && heard.journal > 0);
  });

  it('take each effect once', async () => {
    const schema = newSchema();
    const [a, b] = [await replica(schema), await replica(schema)];
    const effects = Array.from({ length: 30 }, (_, n) => ({
      key: `k${n}`,
      kind: 'deploymentRecord',
      environment: 'e',
      project: 1,
      run: 1,
      stage: 's',
      stageAttempt: 1,
      job: 'j',
      queueTime: 1,
      startTime: 2,
      finishTime: 3,
      result: 'succeeded',
    })) as unknown as Parameters<typeof script>[1]['effects'];
    await a.inbox.execute(script({ kind: 'run', id: 1 }, { effects: effects ?? [] }), 'k');
    const takes = Array.from({ length: 10 }, (_, n) =>
      (n % 2 === 0 ? a : b).effects.take({ limit: 4, lease: 60_000 }),
    );
    const taken = (await Promise.all(takes)).flat().map(({ effect }) => effect.key);
    taken.push(...(await a.effects.take({ limit: 40, lease: 60_000 })).map(({ effect }) => effect.key));
    expect(new Set(taken).size).toBe(30);
    expect(taken).toHaveLength(30);
  });
});

describe.skipIf(reason !== '')(`a connection that breaks in a COMMIT ${reason}`, () => {
  it('leaves commands done once and answered', async () => {
    const schema = newSchema();
    const proxy = await CuttingProxy.start(new URL(url));
    try {
      const through = url.replace(/:\d+\//, `:${proxy.port}/`);
      const store = await replica(schema, { url: through });
      const direct = await replica(schema);
      for (let n = 0; n < 12; n += 1) {
        proxy.cuts = n % 3;
        const command = script({ kind: 'pool', id: 1 }, { events: [{ type: 'e', n }] });
        const reply = await store.inbox
          .execute(command, `n${n}`)
          .catch(() => store.inbox.execute(command, `n${n}`));
        expect(reply).toEqual({ ok: true, value: null });
      }
      const journal = await direct.journal.read({ kind: 'pool', id: 1 });
      expect(numbersOf(journal)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    } finally {
      proxy.stop();
    }
  });

  it('tells other writers that nobody knows', async () => {
    const schema = newSchema();
    const proxy = await CuttingProxy.start(new URL(url));
    try {
      const store = await replica(schema, { url: url.replace(/:\d+\//, `:${proxy.port}/`) });
      proxy.cuts = 1;
      await expect(store.settings.set('a', 'b')).rejects.toMatchObject({ code: 'outcome-unknown' });
      expect(await store.settings.get('a')).toBe('b');
    } finally {
      proxy.stop();
    }
  });
});

describe.skipIf(reason !== '')(`a database that cannot be used ${reason}`, () => {
  const refused = (over: { readonly url?: string; readonly schema?: string }): Promise<Store> =>
    openStore({ kind: 'postgres', url, schema: newSchema(), engine: scriptedEngine(), ...over });

  it('is refused when nobody answers there', async () => {
    const opening = refused({ url: 'postgres://postgres@127.0.0.1:1/postgres' });
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is refused when it does not exist', async () => {
    const opening = refused({ url: url.replace(/\/[^/]*$/, '/nowhere') });
    await expect(opening).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is refused when its schema has a name that needs quoting', async () => {
    await expect(refused({ schema: 'a"; DROP' })).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('is refused when a newer version broke with this one, and used when it only added to it', async () => {
    const schema = newSchema();
    await (await replica(schema)).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const note = `INSERT INTO ${schema}.migration (version, breaking, applied_at) VALUES ($1, $2, 0)`;
    await client.query(note, [98, 0]);
    expect(await (await replica(schema)).health()).toMatchObject({ schemaVersion: 98 });
    await client.query(note, [99, 1]);
    await client.end();
    await expect(refused({ schema })).rejects.toMatchObject({ code: 'newer-version' });
  });

  it('heals when its connections are cut', async () => {
    const schema = newSchema();
    const store = await replica(schema);
    await store.settings.set('a', '1');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signalbox'",
    );
    await client.end();
    await until(async () => (await store.health()).writable);
    const reply = await store.inbox.execute(
      script({ kind: 'pool', id: 1 }, { events: [{ type: 'x' }] }),
      'k',
    );
    expect(reply).toEqual({ ok: true, value: null });
  });
});

/** Gives the next run id, as the engine's trigger does. */
function numberingTrigger(project: number): ReturnType<Engine['trigger']> {
  let last: number | undefined;
  const changes: { readonly table: 'lastRun'; readonly row: number }[] = [];
  return {
    handle() {
      if (last === undefined) return { kind: 'needs', needs: [{ need: 'lastRun' }] };
      last += 1;
      changes.splice(0, changes.length, { table: 'lastRun', row: last });
      return {
        kind: 'decided',
        births: [birth(last, { project })],
        outcome: { events: [], mail: [], effects: [] },
      };
    },
    supply: (answers) => {
      for (const { lastRun } of answers) last = lastRun ?? 0;
    },
    changes: () => changes,
  };
}
