import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacking } from '../../support/lacking.ts';
import { azIsMissing, runAz, words } from './azure-cli.ts';
import { startClientServer, type ClientServer } from './client-server.ts';
import { clientRows, type ClientRow } from './client-table.ts';

interface AzRow extends ClientRow {
  /** The command line after `az`. */
  readonly az: string;
  /** The exit code, 0 unless said otherwise. */
  readonly exit?: number;
  /** A pattern of what it says on standard error. */
  readonly says?: string;
  /** Written as JSON to `${folder}/in.json` before the command. */
  readonly file?: unknown;
  /** Comes on standard input. */
  readonly input?: string;
  /** Variables of its environment. */
  readonly with?: Readonly<Record<string, string>>;
  /** Names of variables that its environment lacks. */
  readonly without?: readonly string[];
}

const missing = azIsMissing();

describe.skipIf(missing !== undefined)(
  `spec/clients/az.yml: the Azure CLI, unchanged${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    let server: ClientServer;

    beforeAll(async () => {
      server = await startClientServer();
      // A server, an agent and a run of two stages: a busy machine takes its time.
    }, 600_000);

    afterAll(async () => {
      await server.stop();
    });

    it.each(
      clientRows<AzRow>('az').map(
        (row) => [`${row.name}: az ${row.az} (${row.cites.join(', ')})`, row] as const,
      ),
    )(
      '%s',
      async (_, row) => {
        const { kept, folder } = server;
        if (row.file !== undefined)
          writeFileSync(join(folder, 'in.json'), JSON.stringify(kept.fill(row.file)));
        const result = await runAz(
          server,
          words(row.az).map((word) => String(kept.fill(word))),
          {
            input: String(kept.fill(row.input ?? '')),
            environment: {
              ...(kept.fill(row.with ?? {}) as Record<string, string>),
              ...Object.fromEntries((row.without ?? []).map((name) => [name, undefined])),
            },
          },
        );
        expect(result.code, result.err + result.out).toBe(row.exit ?? 0);
        if (row.says !== undefined) expect(result.err).toMatch(new RegExp(row.says));
        const answer: unknown = result.out.trim() === '' ? undefined : parsed(result.out);
        if (row.gives !== undefined)
          expect(lacking(answer, kept.fill(row.gives)), result.out.slice(0, 2000)).toEqual([]);
        kept.keep(answer, row.keep);
      },
      // Each command starts Python and loads the whole Azure CLI.
      300_000,
    );
  },
);

/** JSON, or the text of a table. */
function parsed(out: string): unknown {
  try {
    return JSON.parse(out);
  } catch {
    return out;
  }
}
