import { readdirSync } from 'node:fs';
import { compile } from '@signalbox/compiler';
import type { CompileResult } from '@signalbox/compiler';
import { CORPUS, filesBelow, textAt } from './folder.ts';

/** A case of another tool: a file, and what that tool or the service makes of it. */
export interface PeerCase {
  readonly id: string;
  readonly kind: 'complete' | 'error' | 'expand' | 'input-only' | 'run' | 'validate';
  /** The root file, from the root of its repository with a leading `/`. */
  readonly entryPath: string;
  /** Other repositories, by alias or by `name@ref`; no folder: only a run needs it. */
  readonly repositories: readonly {
    readonly alias?: string;
    readonly match?: string;
    readonly dir: string | null;
  }[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly expect: PeerExpectation;
}

/** What a case says of its outcome. */
export interface PeerExpectation {
  readonly ok?: boolean;
  readonly phase?: string;
  readonly messageLines?: readonly string[];
  /** Names of templates that the corpus has not got. */
  readonly templates?: readonly string[];
  readonly labelsContain?: readonly string[];
  /** The file in the normal form of 2018. */
  readonly normalForm2018?: string;
}

/** All cases of the corpus, by suite and name. */
export function peerCases(): readonly PeerCase[] {
  const suites = readdirSync(`${CORPUS}peer`).sort();
  return suites.flatMap((suite) =>
    readdirSync(`${CORPUS}peer/${suite}`)
      .sort()
      .map((name) => JSON.parse(textAt(`${CORPUS}peer/${suite}/${name}/expect.json`) ?? '{}') as PeerCase),
  );
}

/** Compiles the root file of a case. */
export function compilePeer({
  id,
  entryPath,
  repositories,
  parameters,
  variables,
}: PeerCase): Promise<CompileResult> {
  const folder = `${CORPUS}peer/${id}`;
  return compile({
    files: filesBelow(`${folder}/self`),
    path: entryPath.slice(1),
    parameters,
    queueTimeVariables: variables,
    repositories: async ({ alias, name, ref }) => {
      const branch = ref.replace('refs/heads/', '');
      const found = repositories.find((one) => one.alias === alias || one.match === `${name}@${branch}`);
      return found?.dir === undefined || found.dir === null
        ? undefined
        : filesBelow(`${folder}/${found.dir}`);
    },
  });
}

/** A file of a case, by its path from the folder of the case. */
export function peerText({ id }: PeerCase, path: string): string {
  return textAt(`${CORPUS}peer/${id}/${path}`) ?? '';
}
