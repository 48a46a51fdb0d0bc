import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROUTES } from '@signalbox/api';

/** Where a run of the whole suite collects which routes answered a success; absent: nobody counts. */
export const ANSWERED_FOLDER = 'SIGNALBOX_TEST_ANSWERED';

/** Routes that never answer a success, and why. */
const NEVER: Readonly<Record<string, string>> = {
  createAgent: 'agents register themselves; the route says so',
  createOidcToken: 'jobs have no identity outside; the route says so',
};

const noted = new Set<string>();

/** Notes that a route answered a success, once in a process. */
export function noteAnswered(name: string): void {
  const folder = process.env[ANSWERED_FOLDER];
  if (folder === undefined || noted.has(name)) return;
  noted.add(name);
  appendFileSync(join(folder, String(process.pid)), `${name}\n`);
}

/** The routes of the table that nothing in the folder answered, and those that were thought never to and did. */
export function unanswered(folder: string): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const answered = new Set(files.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n')));
  const missing = Object.keys(ROUTES).filter((name) => !answered.has(name) && NEVER[name] === undefined);
  return [...missing, ...Object.keys(NEVER).filter((name) => answered.has(name))];
}
