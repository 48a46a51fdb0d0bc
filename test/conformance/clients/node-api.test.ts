import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacking } from '../../support/lacking.ts';
import { startClientServer, type ClientServer } from './client-server.ts';
import { clientRows, type ClientRow } from './client-table.ts';
import { NODE_APIS, type ApiName, type NodeClient } from './node-api.ts';

interface NodeRow extends ClientRow {
  readonly api: ApiName;
  readonly call: string;
  readonly with?: readonly unknown[];
  /** The status of the refusal that the library throws. */
  readonly fails?: number;
  /** With `fails`: a pattern of what it says. */
  readonly says?: string;
  /** The first version that has the call. */
  readonly since?: number;
}

describe.each(NODE_APIS)(
  'spec/clients/node-api.yml: azure-devops-node-api $version, unchanged',
  (library) => {
    let server: ClientServer;
    let client: NodeClient;

    beforeAll(async () => {
      server = await startClientServer();
      client = library.connect(server.box.url, server.token);
      // A server, an agent and a run of two stages: a busy machine takes its time.
    }, 600_000);

    afterAll(async () => {
      await server.stop();
    });

    const major = Number.parseInt(library.version, 10);
    const rows = clientRows<NodeRow>('node-api').filter(({ since = 0 }) => since <= major);

    it.each(
      rows.map((row) => [`${row.api}.${row.call}: ${row.name} (${row.cites.join(', ')})`, row] as const),
    )('%s', async (_, row) => {
      const { kept } = server;
      const asked = client(
        row.api,
        row.call,
        (row.with ?? []).map((value) => kept.fill(value)),
      );
      if (row.fails !== undefined) {
        await expect(asked).rejects.toMatchObject({
          statusCode: row.fails,
          ...(row.says !== undefined && { message: expect.stringMatching(new RegExp(row.says)) as string }),
        });
        return;
      }
      const answer = await asked;
      if (row.gives !== undefined) expect(lacking(answer, kept.fill(row.gives))).toEqual([]);
      kept.keep(answer, row.keep);
    });
  },
);
