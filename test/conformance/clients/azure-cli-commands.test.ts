import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { azIsMissing, commandsOfAz } from './azure-cli.ts';
import { clientRows, type ClientRow } from './client-table.ts';

/** Commands without a row, or groups of them, and why. */
interface Outside {
  readonly why: string;
  readonly commands: readonly string[];
}

const file = new URL('../../../spec/clients/az-outside.yml', import.meta.url);
const outside = (parse(readFileSync(file, 'utf8')) as readonly Outside[]).flatMap(({ commands }) => commands);
const rows = clientRows<ClientRow & { readonly az: string }>('az').map(({ az }) => az);
const missing = azIsMissing();

describe.skipIf(missing !== undefined)(
  `the commands of the extension of the Azure CLI${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    it('each has a row, or a reason to have none, as all of az pipelines have rows (REST §5)', () => {
      const known = [...rows, ...outside.filter((one) => !one.startsWith('pipelines'))];
      const unknown = commandsOfAz().filter((command) => !known.some((one) => isWithin(command, one)));
      expect(unknown).toEqual([]);
    }, 300_000);
  },
);

/** Whether a row is a call of the command, or the command belongs to a group that is outside. */
function isWithin(command: string, known: string): boolean {
  return `${known} `.startsWith(`${command} `) || `${command} `.startsWith(`${known} `);
}
