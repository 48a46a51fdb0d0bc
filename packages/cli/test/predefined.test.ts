import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

/** A variable of `spec/agent/predefined.yml`; README.md there explains it. */
interface Predefined {
  readonly name: string;
  readonly about: string;
  readonly value?: string;
  readonly in?: string;
  readonly agent?: true;
  readonly template?: true;
  readonly secret?: true;
}

const file = fileURLToPath(new URL('../../../spec/agent/predefined.yml', import.meta.url));
const ALL = parse(readFileSync(file, 'utf8')) as readonly Predefined[];
const SHOWN = ALL.filter(({ value }) => value !== undefined);
const ABSENT = 'not-there';

/** What the steps write down: each variable as a macro, and, if it is no secret, from the environment. */
const folder = mkdtempSync(join(realpathSync(tmpdir()), 'signalbox-predefined-'));
const said = { macro: new Map<string, string>(), environment: new Map<string, string>() };
let seenBefore = new Map<string, string>();

function pipeline(): string {
  const lines = SHOWN.map(
    ({ name }) => `              printf '%s\\0%s\\0' '${name}' '$(${name})' >> "$(out)/macro"`,
  );
  const show = (wanted: (one: Predefined) => boolean): string =>
    lines.filter((_, index) => wanted(SHOWN[index] as Predefined)).join('\n');
  const compared = SHOWN.filter(({ agent, secret, in: where }) => !agent && !secret && where === undefined)
    .map(({ name }) => `      seen.${name}: $[ variables['${name}'] ]`)
    .join('\n');
  const compiled = SHOWN.filter(({ template }) => template)
    .map(({ name }) => `      compiled.${name}: \${{ variables['${name}'] }}`)
    .join('\n');
  return `
stages:
- stage: S
  displayName: Ship it
  jobs:
  - job: J
    displayName: Try it
    variables:
${compared}
${compiled}
    steps:
      - checkout: self
        clean: true
      - bash: |
${show(({ in: where }) => where === undefined)}
              env -0 > "$(out)/environment"
        name: show
        displayName: Show them all
  - deployment: D
    dependsOn: J
    environment: shop
    strategy:
      runOnce:
        deploy:
          steps:
          - bash: |
${show(({ in: where }) => where === 'deployments')}
              true
`;
}

beforeAll(async () => {
  const sources = join(folder, 'sources');
  mkdirSync(sources);
  writeFileSync(join(sources, 'azure-pipelines.yml'), pipeline());
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: sources });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=T', '-c', 'user.email=t@example.invalid', 'commit', '--quiet', '-m', 'first');
  const terminal = recordingTerminal();
  const args = ['--variable', `out=${folder}`, '--variable', 'System.Debug=false'];
  const code = await runProgram(['run', join(sources, 'azure-pipelines.yml'), ...args], terminal);
  expect(code, terminal.said()).toBe(EXIT.ok);
  const parts = readFileSync(join(folder, 'macro'), 'utf8').split('\0');
  for (let at = 0; at + 1 < parts.length; at += 2) said.macro.set(parts[at] ?? '', parts[at + 1] ?? '');
  for (const line of readFileSync(join(folder, 'environment'), 'utf8').split('\0')) {
    said.environment.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1));
  }
  seenBefore = new Map([...said.environment].filter(([name]) => name.startsWith('SEEN_')));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function environmentName(name: string): string {
  return name.replaceAll('.', '_').toUpperCase();
}

function matcher(value: string): RegExp {
  const work = said.macro.get('Agent.WorkFolder') ?? ABSENT;
  const pattern = /^\/(.*)\/$/s.exec(value)?.[1];
  if (pattern !== undefined) return new RegExp(pattern);
  const literal = value.replace('<work>', work).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal}$`);
}

describe('spec/agent/predefined.yml: in a run from the file to its steps', () => {
  it.each(SHOWN)('$name is there: $about (PVAR-1)', ({ name, value = '', secret, template, in: where }) => {
    const macro = said.macro.get(name);
    expect(macro, `$(${name})`).toMatch(matcher(value));
    expect(macro).not.toBe(`$(${name})`);
    if (where !== undefined) return;
    const environment = said.environment.get(environmentName(name));
    // VAR-12: names are upper case with `_`; secrets are not there.
    expect(environment).toBe(secret === true ? undefined : macro);
    if (template) expect(said.environment.get(`COMPILED_${environmentName(name)}`)).toBe(macro);
    const before = seenBefore.get(`SEEN_${environmentName(name)}`);
    // What is known before the job starts is the same for its expressions.
    if (before !== undefined && before !== '') expect(before).toBe(macro);
  });

  it('the last part of the ref is the name of the branch (PVAR-3)', () => {
    expect(said.macro.get('Build.SourceBranch')?.split('/').at(-1)).toBe(
      said.macro.get('Build.SourceBranchName'),
    );
  });

  it('what the server knows, expressions of the job see before it starts', () => {
    const unseen = [...seenBefore].filter(([, value]) => value === '').map(([name]) => name);
    expect(seenBefore.size).toBeGreaterThan(30);
    expect(unseen.sort()).toEqual([]);
  });

  it('names ignore letter case (PVAR-2)', () => {
    const names = ALL.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });
});
