import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, diagnosticTable, formatDiagnostics } from '@signalbox/compiler';
import type { RunFacts } from '@signalbox/compiler';
import type { Diagnostic } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

/** One case of `spec/compiler`: a file and what becomes of it. Cases are data, so another compiler could run them. */
interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  /** The pipeline file; absent: there is none. */
  readonly yaml?: string;
  /** Replaces each `@@` of the file by a text repeated so often; `#` in the text is the running number. */
  readonly fill?: { readonly text: string; readonly times: number };
  /** Further files by path; those of another repository are named `path@alias`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly parameters?: Record<string, string>;
  /** Check the file with values that fit the types of parameters that nobody gives. */
  readonly assumeParameters?: boolean;
  readonly run?: RunFacts;
  readonly queueTimeVariables?: Record<string, string>;
  readonly stagesToSkip?: readonly string[];
  /** The environments that exist, as a preview knows them; absent: unknown. */
  readonly environments?: readonly string[];
  /** What the plan must contain. */
  readonly plan?: object;
  /** Every error, as `line:column code`, in other files `path:line:column code`; in the order of the file. */
  readonly errors?: readonly string[];
  /** Every warning; none unless given. */
  readonly warnings?: readonly string[];
  /** A text that the first diagnostic must contain, help included. */
  readonly says?: string;
}

const PATH = 'azure-pipelines.yml';
const folder = fileURLToPath(new URL('../../../spec/compiler/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
const cases = new Map(files.map((file) => [file, parse(readFileSync(`${folder}${file}`, 'utf8')) as Case[]]));

for (const [file, list] of cases) {
  describe(`spec/compiler/${file}`, () => {
    it.each(list.map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const))(
      '%s',
      async (_, one) => {
        await check(one);
      },
    );
  });
}

describe('the case files', () => {
  it('show every diagnostic code', () => {
    const shown = [...cases.values()]
      .flat()
      .flatMap((one) => [...(one.errors ?? []), ...(one.warnings ?? [])]);
    const codes = new Set(shown.map((line) => line.split(' ')[1]));
    const found = Object.entries(diagnosticTable).filter(([, { foundBy }]) => foundBy === undefined);
    expect(found.map(([code]) => code).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('cite a rule in every case', () => {
    for (const one of [...cases.values()].flat()) expect(one.rules, one.name).not.toHaveLength(0);
  });
});

async function check(one: Case): Promise<void> {
  const { queueTimeVariables, stagesToSkip, environments, assumeParameters, parameters = {}, run = {} } = one;
  const result = await compile({
    files: { read: async (path) => (path === PATH ? textOf(one) : one.files?.[path]) },
    path: PATH,
    parameters,
    run,
    repositories: async ({ alias }) =>
      alias === 'unreadable' ? undefined : { read: async (path) => one.files?.[`${path}@${alias}`] },
    ...(queueTimeVariables === undefined ? {} : { queueTimeVariables }),
    ...(stagesToSkip === undefined ? {} : { stagesToSkip }),
    ...(environments === undefined ? {} : { environments }),
    ...(assumeParameters === undefined ? {} : { assumeParameters }),
  });
  const diagnostics = result.ok ? result.warnings : result.diagnostics;
  const story = formatDiagnostics(diagnostics);
  expect(shortForm(diagnostics, 'error'), story).toEqual(one.errors ?? []);
  expect(shortForm(diagnostics, 'warning'), story).toEqual(one.warnings ?? []);
  if (one.says !== undefined) expect(story).toContain(one.says);
  if (one.plan !== undefined) expect(result).toMatchObject({ ok: true, plan: one.plan });
}

function shortForm(diagnostics: readonly Diagnostic[], severity: string): readonly string[] {
  return diagnostics
    .filter((one) => one.severity === severity)
    .map(({ code, range }) => {
      const file = range.file === PATH ? '' : `${range.file}:`;
      return `${file}${range.line}:${range.column} ${code}`;
    });
}

function textOf({ yaml, fill }: Case): string | undefined {
  if (yaml === undefined || fill === undefined) return yaml;
  const filling = Array.from({ length: fill.times }, (_, index) => fill.text.replaceAll('#', String(index)));
  return yaml.replaceAll('@@', () => filling.join(''));
}
