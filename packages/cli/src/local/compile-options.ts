import { readFileSync } from 'node:fs';
import type { CompileRequest } from '@signalbox/compiler';
import { InvalidArgumentError, type Command } from 'commander';
import { collectPair } from '../commands/options.ts';
import { localRepositories } from './local-repositories.ts';
import type { LocalPipeline } from './pipeline-finder.ts';

/** What may be said of a run when a file is compiled on this machine. */
export interface CompileOptions {
  readonly parameter?: Readonly<Record<string, string>>;
  readonly repository?: Readonly<Record<string, string>>;
  readonly variable?: Readonly<Record<string, string>>;
  readonly branch?: string;
  readonly root?: string;
}

/** Gives a command the options of `CompileOptions`. */
export function addCompileOptions(command: Command): Command {
  return addParameterOption(command)
    .option(
      '--repository <alias=folder>',
      'the files of a repository that the pipeline declares, by its alias or name; repeatable',
      collectPair,
    )
    .option('--variable <name=value>', 'a variable given when queueing; repeatable', collectPair)
    .option('--branch <name>', 'the branch that `${{ variables["Build.SourceBranch"] }}` tells')
    .option('--root <folder>', "the root of the repository (default: git's, else the file's folder)");
}

/** Gives a command `--parameter`. */
export function addParameterOption(command: Command): Command {
  return command.option(
    '--parameter <name=value>',
    'a parameter of the pipeline; objects and lists are YAML, `name=@FILE` reads a file; repeatable',
    collectParameter,
  );
}

/** Reads `NAME=VALUE` and `NAME=@FILE`; a value that begins with `@` itself is written `NAME=@@VALUE`. */
function collectParameter(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  const value = text.slice(at + 1);
  const pair = collectPair(text, before);
  if (!value.startsWith('@')) return pair;
  const given = value.startsWith('@@') ? value.slice(1) : readValue(value.slice(1));
  return { ...pair, [text.slice(0, at)]: given };
}

function readValue(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new InvalidArgumentError(`There is no file ${file} to read the value from.`);
  }
}

/** What to compile: a file of this machine with what the options say of its run. */
export async function compileRequestOf(
  { path, files }: LocalPipeline,
  { parameter = {}, repository = {}, variable = {}, branch }: CompileOptions,
): Promise<CompileRequest> {
  return {
    path,
    files,
    parameters: parameter,
    queueTimeVariables: variable,
    repositories: await localRepositories(repository),
    ...(branch !== undefined && { run: { sourceBranch: fullRef(branch) } }),
  };
}

function fullRef(branch: string): string {
  return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}
