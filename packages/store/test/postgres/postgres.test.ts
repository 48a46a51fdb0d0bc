import { openStore } from '@signalbox/store';
import { afterAll, beforeEach, describe, it } from 'vitest';
import { storeSuite } from '../conformance/index.ts';
import { emptySchema, findPostgres } from '../support/postgres.ts';

const server = await findPostgres();

if ('missing' in server) {
  describe('the postgres store', () => {
    it.skip(`is not tested: ${server.missing}`, () => undefined);
  });
} else {
  const { url } = server;
  const shared = `t${process.pid}`;
  let schemas = 0;
  afterAll(() => server.stop(), 60_000);
  beforeEach(() => emptySchema(url, shared));
  storeSuite({
    name: 'postgres',
    place: () => `${shared}_${(schemas += 1)}`,
    open: ({ engine, clock, place }) =>
      openStore({ kind: 'postgres', engine, clock, url, schema: place ?? shared, connections: 6 }),
  });
}
