import { openStore } from '@signalbox/store';
import { script, scriptedEngine } from './scripted-engine.ts';

// Writes command after command into the folder given as argument and says the number of each that was
// acknowledged, until it is killed. Started by the crash tests.
const [, , folder = ''] = process.argv;
const store = await openStore({ kind: 'sqlite', folder, engine: scriptedEngine() });
const pool = { kind: 'pool', id: 1 } as const;
const other = { kind: 'pool', id: 2 } as const;
let n = (await store.journal.read(pool)).length;
process.stdout.write('open\n');

/** Each command also sends mail to another aggregate: both or neither must be there. */
async function write(): Promise<void> {
  n += 1;
  const number = n;
  const mail = [script(other, { events: [{ type: 'e', n: number }] })];
  await store.inbox.execute(script(pool, { events: [{ type: 'e', n: number }], mail }), `n${number}`);
  process.stdout.write(`${number}\n`);
}

for (;;) await Promise.all([write(), write(), write()]);
