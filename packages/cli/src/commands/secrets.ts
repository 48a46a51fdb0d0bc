import type { WireKeyRotation, WireSecretKey, WireSecretKeys } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { print } from '../output/print.ts';

/** How often a rotation is looked at. */
const LOOK_MS = 500;

/** `signalbox secrets …`: the keys that secrets are sealed by. */
export function addSecrets(program: Command, context: Context): void {
  const secrets = program
    .command('secrets')
    .description('The keys that secrets are sealed by.')
    .action(() => list(context));
  secrets
    .command('list')
    .description('List the keys, and say how far the last rotation is.')
    .action(() => list(context));
  secrets
    .command('rotate')
    .option('--no-wait', 'do not wait until everything is sealed anew')
    .description(
      'Make a new key and seal every stored secret anew, while the server works. A rotation that was broken off goes on.',
    )
    .addHelpText('after', '\nExample:\n  signalbox secrets rotate && signalbox secrets list')
    .action((options: { readonly wait: boolean }) => rotate(context, options));
  secrets
    .command('forget')
    .argument('<key>', 'its id, as the list says')
    .description('Take a key that nothing is sealed by any more out of the data folder.')
    .action(async (key: string) => {
      await context.client().forgetSecretKey(key);
      context.terminal.err(`The key ${key} is gone. Copies of the database from before need it still.\n`);
    });
}

async function list(context: Context): Promise<void> {
  const found = await context.client().getSecretKeys();
  print<WireSecretKey>(context.terminal, context.format(), {
    rows: found.keys,
    columns: [
      { title: 'KEY', text: ({ id }) => id },
      { title: 'USE', text: ({ active }) => (active ? 'seals and opens' : 'opens what was sealed before') },
    ],
    empty: 'There are no keys.',
  });
  if (found.rotation !== undefined) context.terminal.err(`${sentence(found.rotation)}\n`);
}

async function rotate(context: Context, { wait }: { readonly wait: boolean }): Promise<void> {
  const client = context.client();
  let now = await client.rotateSecrets();
  let told = '';
  while (wait && now.rotation?.state === 'running') {
    const place = `${now.rotation.round} ${now.rotation.table}`;
    if (place !== told) context.terminal.err(`${sentence(now.rotation)}\n`);
    told = place;
    await new Promise((done) => setTimeout(done, LOOK_MS));
    now = await client.getSecretKeys();
  }
  if (now.rotation !== undefined) context.terminal.err(`${sentence(now.rotation)}\n`);
  if (now.rotation?.state === 'finished') context.terminal.err(leftOver(now));
}

function sentence({ state, to, round, table, seen, resealed }: WireKeyRotation): string {
  if (state === 'finished')
    return `Everything is sealed by the key ${to}; ${resealed} rows were sealed anew.`;
  return `Sealing anew by the key ${to}: round ${round}, ${table === '' ? 'at the beginning' : table}, ${seen} rows seen, ${resealed} sealed anew.`;
}

function leftOver({ keys }: WireSecretKeys): string {
  const old = keys.filter(({ active }) => !active).map(({ id }) => id);
  return old.length === 0
    ? ''
    : `Nothing needs the old keys any more: ${old.map((id) => `signalbox secrets forget ${id}`).join('; ')}\n`;
}
