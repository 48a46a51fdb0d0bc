import { openStore } from '@signalbox/store';
import { afterAll, describe, it } from 'vitest';
import { storeSuite } from '../conformance/index.ts';
import { findPostgres } from '../support/postgres.ts';

const server = await findPostgres();

if ('missing' in server) {
  describe('the postgres store', () => {
    it.skip(`is not tested: ${server.missing}`, () => undefined);
  });
} else {
  const { url, stop } = server;
  let schemas = 0;
  const schema = (): string => `t${process.pid}_${(schemas += 1)}`;
  afterAll(stop);
  storeSuite({
    name: 'postgres',
    place: schema,
    open: ({ engine, clock, place }) =>
      openStore({ kind: 'postgres', engine, clock, url, schema: place ?? schema(), connections: 6 }),
  });
}
