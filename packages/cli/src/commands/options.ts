import { InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';

/** Reads `NAME=VALUE` pairs given one by one. */
export function collectPair(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('It looks like NAME=VALUE.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Reads `HOST:PORT` given one by one; what the server makes of them is checked when it starts. */
export function collectTarget(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^\S+:\d{1,5}$/.test(text)) throw new InvalidArgumentError('It looks like HOST:PORT.');
  return [...before, text];
}

/** Reads texts given one by one. */
export function collectText(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Reads a whole number within bounds. */
export function integer(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least}${most < 1e9 ? ` to ${most}` : ''}.`);
  };
}

/** The project that `--project` or `SIGNALBOX_PROJECT` names, else the only one there is. */
export async function projectOf(context: Context, named: string | undefined): Promise<string> {
  const project = named ?? process.env['SIGNALBOX_PROJECT'];
  if (project) return project;
  const { items } = await context.client().listProjects();
  const [only] = items;
  if (only !== undefined && items.length === 1) return only.name;
  if (items.length === 0) {
    throw new CliError(EXIT.notFound, 'There is no project yet. Make one: signalbox project create NAME');
  }
  const names = items.map((item) => item.name).join(', ');
  throw new CliError(EXIT.usage, `Which project? Give --project with one of: ${names}.`);
}

/** The id of an environment named by its name, letter case aside. */
export async function environmentOf(context: Context, project: string, named: string): Promise<number> {
  const { items } = await context.client().listEnvironments(project);
  const found = items.find(({ name }) => name.toLowerCase() === named.toLowerCase());
  if (found !== undefined) return found.id;
  const names = items.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no environment ${named} in ${project}. There are: ${names}.`);
}

/** The id of a pipeline named by its name (letter case aside) or its number. */
export async function pipelineOf(context: Context, project: string, named: string): Promise<number> {
  if (/^\d+$/.test(named)) return Number(named);
  const { items } = await context.client().listDefinitions(project);
  const found = items.filter((item) => item.name.toLowerCase() === named.toLowerCase());
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  if (found.length > 1) {
    const ids = found.map((item) => `${item.id} (${item.path})`).join(', ');
    throw new CliError(EXIT.usage, `Several pipelines are named ${named}. Give a number: ${ids}.`);
  }
  const names = items.map((item) => item.name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no pipeline ${named} in ${project}. There are: ${names}.`);
}

/** Reads `NAME` or `NAME=VALUE` capabilities given one by one. */
export function collectCapability(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (text === '' || at === 0) throw new InvalidArgumentError('It looks like NAME or NAME=VALUE.');
  return at < 0 ? { ...before, [text]: '' } : { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}
