import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AgentFact, JobStepTarget, StepIssue } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shortestSecret } from '../../src/masking/shortest-secret.ts';
import { folderWith } from '../support/folder-with.ts';
import { stepScene, type StepScene } from '../support/step-scene.ts';

const FOLDER = fileURLToPath(new URL('../../../../spec/commands/', import.meta.url));

type Given = string | { readonly secret: string } | { readonly readonly: string };

interface Connection {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly variables?: Readonly<Record<string, Given>>;
  readonly target?: JobStepTarget;
  readonly endpoints?: Readonly<Record<string, Connection>>;
  readonly stderr?: boolean;
  readonly shortest?: string;
  readonly repeat?: number;
  /** In the working folder. */
  readonly files?: Readonly<Record<string, string>>;
  readonly sent?: readonly string[];
  readonly lines: readonly string[];
  readonly log?: readonly string[];
  readonly facts?: readonly string[];
  readonly issues?: readonly string[];
  readonly counts?: readonly [errors: number, warnings: number];
  readonly result?: string;
  readonly progress?: string;
  readonly details?: readonly unknown[];
  readonly then?: Readonly<Record<string, string | null>>;
  readonly path?: readonly string[];
  readonly taskVariables?: Readonly<Record<string, string>>;
  readonly connections?: Readonly<Record<string, Connection>>;
}

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.yml'))) {
  const cases = parse(readFileSync(`${FOLDER}${file}`, 'utf8')) as readonly Case[];
  describe(`spec/commands/${file}`, () => {
    it.each(cases.map((one) => [`${one.name} [${one.rules.join(', ')}]`, one] as const))('%s', (_, one) =>
      check(one),
    );
  });
}

async function check(one: Case): Promise<void> {
  const scene = begin(one);
  if (one.files !== undefined) await makeFiles(scene, one.files);
  for (let time = 0; time < (one.repeat ?? 1); time += 1) {
    for (const text of one.lines) scene.output.line({ text, cut: false }, one.stderr ? 'stderr' : 'stdout');
  }
  const { output } = scene;
  await output.settled(new AbortController().signal);
  const report = output.report();
  matchAll(one.issues ?? [], report.issues.map(issueText));
  matchAll(one.facts ?? [], scene.facts.map(factText));
  expect(resultText(output)).toBe(one.result ?? 'none');
  if (one.counts !== undefined) expect([report.errorCount, report.warningCount]).toEqual(one.counts);
  if (one.progress !== undefined) expect(`${report.percent} ${report.operation}`).toBe(one.progress);
  if (one.details !== undefined) expect(report.details).toEqual(one.details);
  if (one.path !== undefined) expect(scene.prependPath).toEqual(one.path);
  if (one.sent !== undefined) expect(scene.sent).toEqual(one.sent);
  if (one.log !== undefined) matchAll(one.log, await scene.log());
  checkValues(scene, one);
}

async function makeFiles(scene: StepScene, files: Readonly<Record<string, string>>): Promise<void> {
  const folder = await folderWith(files);
  scene.variables.set({
    name: 'System.DefaultWorkingDirectory',
    value: folder,
    secret: false,
    readonly: true,
  });
}

function checkValues({ variables, taskVariables, endpoints }: StepScene, one: Case): void {
  for (const [name, value] of Object.entries(one.then ?? {}))
    expect(variables.get(name)?.value ?? null).toBe(value);
  const ofTask = Object.fromEntries(taskVariables.entries().map(({ name, value }) => [name, value]));
  if (one.taskVariables !== undefined) expect(ofTask).toEqual(one.taskVariables);
  const connections = endpoints
    .entries()
    .map(({ id, url, parameters, data }) => [id, { url, parameters, data }]);
  if (one.connections !== undefined) expect(Object.fromEntries(connections)).toEqual(one.connections);
}

function begin({ variables = {}, target, endpoints = {}, shortest }: Case): StepScene {
  const scene = stepScene({
    target,
    endpoints: Object.entries(endpoints).map(([id, parts]) => ({
      id,
      name: id,
      type: 'generic',
      scheme: 'UsernamePassword',
      ...parts,
    })),
    debug: variables['System.Debug'] === 'true',
    shortest: shortestSecret(shortest),
  });
  for (const [name, given] of Object.entries(variables)) {
    const flags = typeof given === 'string' ? { plain: given } : given;
    const [[flag, value] = ['plain', '']] = Object.entries(flags);
    scene.variables.set({ name, value, secret: flag === 'secret', readonly: flag === 'readonly' });
  }
  return scene;
}

function resultText({ commandResult, done }: StepScene['output']): string {
  return commandResult === undefined ? 'none' : `${commandResult}${done.aborted ? ' done' : ''}`;
}

function issueText({ type, message, path, line, column, code }: StepIssue): string {
  const at = [line, column].filter((number) => number !== undefined).join(',');
  const place = path === undefined ? undefined : `${path}${at === '' ? '' : `(${at})`}`;
  return `${[type, place, code].filter((part) => part !== undefined).join(' ')}: ${message}`;
}

function factText(fact: AgentFact): string {
  switch (fact.kind) {
    case 'runNumber':
      return `number ${fact.number}`;
    case 'tag':
      return `tag ${fact.tag}`;
    case 'output':
      return `output ${fact.name}=${fact.value}${fact.secret ? ' secret' : ''}`;
    case 'started':
    case 'step':
    case 'finished':
      return fact.kind;
  }
}

function matchAll(expected: readonly string[], actual: readonly string[]): void {
  expect(actual.map((text, index) => (matches(expected[index], text) ? expected[index] : text))).toEqual(
    expected,
  );
}

function matches(expected: string | undefined, actual: string): boolean {
  const pattern = /^\/(.*)\/$/.exec(expected ?? '')?.[1];
  return pattern === undefined ? expected === actual : new RegExp(pattern).test(actual);
}
