import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacking } from '../../support/lacking.ts';
import { words } from './azure-cli.ts';
import { startClientServer, type ClientServer } from './client-server.ts';
import { clientRows, type ClientRow } from './client-table.ts';

interface TfxRow extends ClientRow {
  /** The command line after `tfx`. */
  readonly tfx: string;
  /** A pattern of what it prints. */
  readonly says?: string;
  /** Written to the folder before, by path; what is no text, as JSON. */
  readonly files?: Readonly<Record<string, unknown>>;
}

const missing = tfxIsMissing();

describe.skipIf(missing !== undefined)(
  `spec/clients/tfx.yml: tfx-cli, unchanged${missing === undefined ? '' : ` (skipped: ${missing})`}`,
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
      clientRows<TfxRow>('tfx').map(
        (row) => [`${row.name}: tfx ${row.tfx} (${row.cites.join(', ')})`, row] as const,
      ),
    )(
      '%s',
      async (_, row) => {
        const { kept, folder } = server;
        for (const [path, content] of Object.entries(row.files ?? {})) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
        }
        const out = await runTfx(
          folder,
          words(row.tfx).map((word) => String(kept.fill(word))),
        );
        if (row.says !== undefined) expect(out).toMatch(new RegExp(row.says));
        if (row.gives === undefined) return;
        const answer: unknown = JSON.parse(out);
        expect(lacking(answer, kept.fill(row.gives)), out.slice(0, 2000)).toEqual([]);
        kept.keep(answer, row.keep);
      },
      300_000,
    );
  },
);

/** The program: it is large (69 MB), so it is no dependency of the project, and CI installs it elsewhere. */
function tfxProgram(): string {
  return process.env['SIGNALBOX_TEST_TFX'] ?? 'tfx';
}

/** Why tfx-cli cannot be run here. */
function tfxIsMissing(): string | undefined {
  try {
    execFileSync(tfxProgram(), ['version', '--no-color'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'tfx-cli 0.23.1 is not on the PATH, nor where SIGNALBOX_TEST_TFX says';
  }
}

/** Runs `tfx ARGUMENTS` with a home of its own, where it keeps who signed in; fails with what it said. */
function runTfx(home: string, args: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    execFile(
      tfxProgram(),
      [...args, '--no-color'],
      { env: { ...process.env, HOME: home } },
      (error, out, err) => {
        if (error === null) done(out);
        else failed(new Error(`tfx ${args.join(' ')}: ${String(error.code)}\n${out}${err}`));
      },
    );
  });
}
