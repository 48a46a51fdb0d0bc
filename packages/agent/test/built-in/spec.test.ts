import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobEndpoint } from '@signalbox/api';
import { completeInputs } from '@signalbox/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemClock } from '../../src/clock.ts';
import { startReaper } from '../../src/process/reaper.ts';
import { StepInputs } from '../../src/steps/inputs.ts';
import { findHandler } from '../../src/steps/registry.ts';
import type { StepEnd, StepTry } from '../../src/steps/step-handler.ts';
import { hostPlace } from '../../src/steps/step-place.ts';
import { StandIn, type Answer } from '../support/stand-in.ts';
import { stepScene, type StepScene } from '../support/step-scene.ts';

const FOLDER = fileURLToPath(new URL('../../../../spec/tasks/', import.meta.url));
const TABLES = ['files.yml', 'tools.yml', 'programs.yml'];

interface Call {
  readonly task: string;
  readonly inputs: Readonly<Record<string, string>>;
}

interface Case extends Call {
  readonly name: string;
  readonly rules: readonly string[];
  readonly files?: Readonly<Record<string, string | { readonly link: string }>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly connections?: Readonly<Record<string, Omit<JobEndpoint, 'id' | 'name' | 'type' | 'data'>>>;
  readonly programs?: Readonly<Record<string, string | { readonly code: number }>>;
  readonly then?: Call;
  readonly result?: string;
  readonly after?: Readonly<Record<string, string | null>>;
  readonly calls?: readonly string[];
  readonly log?: readonly string[];
  readonly path?: readonly string[];
  readonly sets?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly silent?: readonly string[];
}

const reaper = startReaper();
let root = '';
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'signalbox-tasks-'));
});
afterAll(() => {
  reaper.close();
  rmSync(root, { recursive: true, force: true });
});

for (const file of TABLES) {
  const cases = parse(readFileSync(`${FOLDER}${file}`, 'utf8')) as readonly Case[];
  describe(`spec/tasks/${file}`, () => {
    it.each(cases.map((one) => [`${one.name} [${one.rules.join(', ')}]`, one] as const))('%s', (_, one) =>
      check(one),
    );
  });
}

/** A workspace of its own, and the texts of the case in its words. */
class Place {
  readonly folder = join(root, String((count += 1)));
  readonly programs = join(this.folder, 'programs');

  fill(text: string): string {
    return text
      .replaceAll('<programs>', this.programs)
      .replaceAll('<arch>', process.arch)
      .replace(/<(s|a|b|tool|temp)>/g, (_, name: string) => join(this.folder, name));
  }

  layout(): StepTry['layout'] {
    const at = (name: string): string => join(this.folder, name);
    return {
      workFolder: this.folder,
      root: this.folder,
      sources: at('s'),
      artifacts: at('a'),
      binaries: at('b'),
      testResults: at('TestResults'),
      temp: at('temp'),
      azureDevOps: at('temp/azure-devops'),
      tools: at('tool'),
    };
  }
}

async function check(one: Case): Promise<void> {
  const place = new Place();
  makeFiles(place, one);
  const standIns = Object.entries(one.programs ?? {}).map(([name, answer]) => {
    const standIn = new StandIn(place.programs, name);
    standIn.answer({ '': answer as Answer });
    return { name, standIn };
  });
  const connections = Object.entries(one.connections ?? {}).map(([name, rest]): JobEndpoint => ({
    id: `id-of-${name}`,
    name,
    type: 'generic',
    data: {},
    ...rest,
  }));
  const scene = stepScene({ endpoints: connections });
  setVariables(scene, place, one);
  const path = [...standIns.map(({ standIn }) => standIn.folder), noteTaking(place)].join(':');
  const end = await runAll(one, { place, scene, path });
  expect(end).toMatch(textLike(place.fill((one.result ?? 'succeeded').trim())));
  for (const [name, text] of Object.entries(one.after ?? {})) {
    expect.soft(textOf(join(place.folder, name)), name).toBe(text);
  }
  const calls = standIns.flatMap(({ name, standIn }) =>
    standIn.calls().map((call) => ({ ...call, text: [name, ...call.args].join(' ') })),
  );
  if (one.calls !== undefined) {
    const wanted = one.calls.map((call) => place.fill(call.trim()));
    // Stand-ins note their own calls only: programs are compared one by one.
    expect(calls.map(({ text }) => text).toSorted()).toEqual(wanted.toSorted());
  }
  for (const [name, text] of Object.entries(one.environment ?? {})) {
    expect(environmentText(calls.at(-1)?.environment ?? {}, name)).toMatch(
      text.startsWith('=') ? new RegExp(`^${text.slice(1)}$`) : textLike(`*${text}*`),
    );
  }
  if (one.path !== undefined) expect(scene.prependPath).toEqual(one.path.map((folder) => place.fill(folder)));
  for (const [name, value] of Object.entries(one.sets ?? {})) {
    expect(scene.variables.text(name), name).toBe(place.fill(value));
  }
  const log = await scene.log();
  for (const line of one.log ?? []) expect(log).toContain(place.fill(line));
  for (const secret of one.silent ?? []) expect(log.join('\n')).not.toContain(secret);
}

/** A folder with the one program that stand-ins call themselves; nothing else is on `PATH`. */
function noteTaking({ programs }: Place): string {
  const folder = join(programs, 'own');
  mkdirSync(folder);
  symlinkSync('/bin/cat', join(folder, 'cat'));
  return folder;
}

function makeFiles(place: Place, { files = {} }: Case): void {
  for (const name of ['s', 'a', 'b', 'tool', 'temp', 'programs']) {
    mkdirSync(join(place.folder, name), { recursive: true });
  }
  for (const [name, content] of Object.entries(files)) {
    const file = join(place.folder, place.fill(name));
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content);
    else symlinkSync(content.link, file);
  }
}

function setVariables({ variables }: StepScene, place: Place, one: Case): void {
  const { sources, artifacts, binaries } = place.layout();
  const own = {
    'System.DefaultWorkingDirectory': sources,
    'Build.SourcesDirectory': sources,
    'Build.ArtifactStagingDirectory': artifacts,
    'Build.BinariesDirectory': binaries,
    ...one.variables,
  };
  for (const [name, value] of Object.entries(own)) variables.setOwn(name, place.fill(value));
}

interface Setting {
  readonly place: Place;
  readonly scene: StepScene;
  readonly path: string;
}

async function runAll(one: Case, setting: Setting): Promise<string> {
  const calls = one.then === undefined ? [one] : [one, one.then];
  let end = '';
  for (const call of calls) end = await run(call, setting);
  return end;
}

async function run({ task, inputs }: Call, { place, scene, path }: Setting): Promise<string> {
  const [name = '', version = ''] = task.split('@');
  const handler = findHandler({ name, version });
  if ('problem' in handler || handler.definition === undefined) throw new Error(`There is no ${task}.`);
  const given = Object.fromEntries(
    Object.entries(inputs).map(([key, text]) => [key, place.fill(String(text))]),
  );
  const complete = completeInputs(handler.definition, given).values;
  const environment = { PATH: path, HOME: place.folder };
  const host = { clock: systemClock, reaper, timings: { interruptMs: 100, terminateMs: 100 } };
  const never = new AbortController().signal;
  const step = {
    inputs: new StepInputs(complete, (text) => scene.variables.expand(text)),
    given,
    environment,
    output: scene.output,
    layout: place.layout(),
    place: hostPlace(host, environment),
    stop: never,
    kill: never,
    host,
  } satisfies Partial<StepTry> as unknown as StepTry;
  try {
    return textOfEnd(await handler.run(step));
  } catch (error) {
    return `error: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function textOfEnd(end: StepEnd): string {
  return end.kind === 'failed' ? `failed: ${end.message}` : end.kind;
}

/** A text in which `*` stands for anything. */
function textLike(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[\\s\\S]*')}$`);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** What a variable of the environment holds: its text, or that of the file, or of `folder/file`, that it names. */
function environmentText(environment: Readonly<Record<string, string>>, name: string): string {
  const [variable = '', file] = name.split('/');
  const value = environment[variable] ?? '';
  return textOf(file === undefined ? value : join(value, file)) ?? value;
}

it('every case of the tables is run', () => {
  const others = ['manifests.yml', 'resolve.yml', 'README.md'];
  expect(readdirSync(FOLDER).toSorted()).toEqual([...TABLES, ...others].toSorted());
});
