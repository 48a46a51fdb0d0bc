import type { Client } from '@signalbox/api';
import { reachOf } from '@signalbox/compiler';
import { fold, type Plan } from '@signalbox/model';
import { readFile } from 'node:fs/promises';
import { EXIT, CliError } from '../exit-codes.ts';
import { knownNames } from './known-names.ts';

/** Here is no library: connections that the file names are there, and lead nowhere. Nothing on the server calls them. */
export async function standInForConnections(
  client: Client,
  project: string,
  { plan, variables }: { readonly plan: Plan; readonly variables: Readonly<Record<string, string>> },
): Promise<void> {
  const known = knownNames(plan, variables);
  const named = reachOf(plan).flatMap(({ resources }) =>
    resources.flatMap(({ type, name }) =>
      type === 'endpoint' && typeof name === 'string' ? [known(name)] : [],
    ),
  );
  const names = named.filter((name) => !name.includes('$('));
  for (const name of new Map(names.map((one) => [fold(one), one])).values()) {
    const authorization = { scheme: 'None' } as const;
    const url = 'https://localhost/';
    await client.createConnection(project, { name, type: 'generic', url, authorization });
  }
}

/** Makes variable groups out of files of `NAME=VALUE` lines; empty lines and those that begin with `#` do not count. */
export async function standInForGroups(
  client: Client,
  project: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, file] of Object.entries(files)) {
    const variables = variablesIn(file, await textOf(file));
    await client.createVariableGroup(project, { name, type: 'Vsts', variables });
  }
}

/** Uploads files under the names that the pipeline uses. */
export async function standInForSecureFiles(
  client: Client,
  project: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [name, file] of Object.entries(files)) {
    const content = await readFile(file).catch(() => undefined);
    if (content === undefined) throw new CliError(EXIT.usage, `The file ${file} cannot be read.`);
    await client.uploadSecureFile(project, name, new Uint8Array(content));
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(EXIT.usage, `The file of --group cannot be read: ${reason}.`);
  }
}

function variablesIn(file: string, text: string): Record<string, { readonly value: string }> {
  const found: Record<string, { readonly value: string }> = Object.create(null) as Record<string, never>;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    if (at < 1) throw new CliError(EXIT.usage, `${file}:${index + 1}: this is not NAME=VALUE.`);
    found[line.slice(0, at).trim()] = { value: line.slice(at + 1) };
  }
  return found;
}
