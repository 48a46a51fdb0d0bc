import type { CompileRequest, FileProvider } from '@signalbox/compiler';
import { parse } from 'yaml';
import { CORPUS, filesBelow, textAt } from './folder.ts';
import { privateRepository } from './private-templates.ts';
import { KNOWN_OF_RUN, USUAL_FACTS } from './run-facts.ts';

/** A root pipeline of a public repository. */
export interface RealRoot {
  /** The folder of its repository. */
  readonly repo: string;
  /** From the root of its repository. */
  readonly path: string;
  /** The folders of other repositories by alias. */
  readonly repositories: Readonly<Record<string, { readonly folder: string }>>;
}

/** Gives the text that a file, named as in diagnostics (`path` or `path@alias`), has for one compilation. */
export type Change = (file: string, text: string) => string;

/** All root pipelines of the corpus, in its order. */
export function realRoots(): readonly RealRoot[] {
  const manifest = textAt(`${CORPUS}real/MANIFEST.json`) ?? '{"roots":[]}';
  return (JSON.parse(manifest) as { roots: readonly RealRoot[] }).roots;
}

/** How lists and reports name a root. */
export function nameOf({ repo, path }: RealRoot): string {
  return `${repo}/${path}`;
}

/** What compiles a root as a run of it would be compiled. */
export function requestFor(root: RealRoot, change: Change = (_, text) => text): CompileRequest {
  const { repo, path, repositories } = root;
  const known = { ...KNOWN_OF_RUN[repo], ...KNOWN_OF_RUN[nameOf(root)] };
  const folders = new Map(
    Object.entries(repositories).map(([alias, { folder }]) => [alias.toLowerCase(), folder]),
  );
  return {
    files: changed(filesBelow(`${CORPUS}real/${repo}`), '', change),
    path,
    parameters: { ...plausible(textAt(`${CORPUS}real/${repo}/${path}`) ?? ''), ...known.parameters },
    run: { ...USUAL_FACTS, ...known.facts },
    queueTimeVariables: known.variables ?? {},
    repositories: async ({ alias }) => {
      const folder = folders.get(alias.toLowerCase());
      return folder === undefined
        ? privateRepository(alias)
        : changed(filesBelow(`${CORPUS}real/${folder}`), `@${alias}`, change);
    },
  };
}

function changed(files: FileProvider, suffix: string, change: Change): FileProvider {
  return {
    async read(path) {
      const text = await files.read(path);
      return text === undefined ? undefined : change(`${path}${suffix}`, text);
    },
  };
}

/** Values that would do, by type, for parameters that have neither a default nor a list of values. */
function plausible(text: string): Record<string, string> {
  const byType: Readonly<Record<string, string>> = { number: '1', boolean: 'true', object: '{}' };
  const given: Record<string, string> = {};
  let root: unknown;
  try {
    root = parse(text, { uniqueKeys: false, logLevel: 'silent' });
  } catch {
    return given;
  }
  const declared = (root as { parameters?: unknown } | null)?.parameters;
  if (!Array.isArray(declared)) return given;
  for (const { name, type = 'string', default: value, values } of declared as Record<string, string>[]) {
    if (name === undefined || value !== undefined || values !== undefined) continue;
    given[name] = byType[type] ?? (type.endsWith('List') ? '[]' : 'x');
  }
  return given;
}
