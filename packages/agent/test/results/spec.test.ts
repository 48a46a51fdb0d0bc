import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { completeInputs } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCoverage } from '../../src/results/coverage-formats.ts';
import { parseXml } from '../../src/results/read-xml.ts';
import { readTests, type TestFormat } from '../../src/results/test-formats.ts';
import { StepInputs } from '../../src/steps/inputs.ts';
import { findHandler } from '../../src/steps/registry.ts';
import type { StepTry } from '../../src/steps/step-handler.ts';
import { folderWith } from '../support/folder-with.ts';
import { stepScene } from '../support/step-scene.ts';

function read<T extends Named>(file: string): readonly (readonly [string, T])[] {
  const path = fileURLToPath(new URL(`../../../../spec/results/${file}`, import.meta.url));
  const cases = parse(readFileSync(path, 'utf8')) as readonly T[];
  return cases.map((one) => [`${one.name} [${one.rules.join(', ')}]`, one]);
}

interface Named {
  readonly name: string;
  readonly rules: readonly string[];
}

interface TestCase extends Named {
  readonly format: TestFormat;
  readonly xml?: string;
  readonly nested?: number;
  readonly tests?: readonly string[];
  readonly problem?: string;
}

describe('spec/results/tests.yml', () => {
  it.each(read<TestCase>('tests.yml'))('%s', (_, { format, xml, nested, tests, problem }) => {
    const tests_ = (): readonly string[] =>
      readTests(format, parseXml(xml ?? '<testsuite>'.repeat(nested ?? 0))).map((test) => {
        const message = test.message === '' ? '' : `: ${test.message.split('\n')[0]}`;
        return `${test.name} (${test.storage}) ${test.outcome} ${test.durationMs}${message}`;
      });
    if (problem === undefined) expect(tests_()).toEqual(tests);
    else expect(tests_).toThrow(patternOf(problem));
  });
});

interface CoverageCase extends Named {
  readonly xml: string;
  readonly totals?: Readonly<Record<string, string>>;
  readonly problem?: string;
}

describe('spec/results/coverage.yml', () => {
  it.each(read<CoverageCase>('coverage.yml'))('%s', (_, { xml, totals, problem }) => {
    const found = (): unknown =>
      Object.fromEntries(
        readCoverage(parseXml(xml)).map(({ label, covered, total }) => [label, `${covered}/${total}`]),
      );
    if (problem === undefined) expect(found()).toEqual(totals);
    else expect(found).toThrow(patternOf(problem));
  });
});

interface TaskCase extends Named {
  readonly task: string;
  readonly inputs: Readonly<Record<string, string | boolean>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly secret?: string;
  readonly sent: readonly string[];
  readonly issues?: readonly string[];
  readonly end: string;
}

describe('spec/results/tasks.yml', () => {
  it.each(read<TaskCase>('tasks.yml'))('%s', async (_, one) => {
    const { output, variables, masker, files, sent } = stepScene();
    const folder = await folderWith(one.files ?? {});
    for (const name of ['folder', 'System.DefaultWorkingDirectory'])
      variables.set({ name, value: folder, secret: false, readonly: true });
    if (one.secret !== undefined) masker.add(one.secret);
    const [name = '', version = ''] = one.task.split('@');
    const handler = findHandler({ name, version });
    if ('problem' in handler) throw new Error(handler.problem);
    const given = Object.fromEntries(Object.entries(one.inputs).map(([key, value]) => [key, String(value)]));
    const inputs =
      handler.definition === undefined ? given : completeInputs(handler.definition, given).values;
    const end = await handler.run({
      inputs: new StepInputs(inputs, (text) => variables.expand(text)),
      given,
      output,
      files,
      layout: { sources: folder },
      stop: new AbortController().signal,
    } as unknown as StepTry);
    expect(end.kind === 'failed' ? end.message : end.kind).toBe(one.end);
    expect(sent).toEqual(one.sent);
    const issues = output.report().issues.map(({ type, message }) => `${type}: ${message}`);
    expect(issues).toHaveLength(one.issues?.length ?? 0);
    for (const [index, issue] of issues.entries())
      expect(issue).toMatch(patternOf(one.issues?.[index] ?? ''));
  });
});

function patternOf(text: string): string | RegExp {
  const pattern = /^\/(.*)\/$/.exec(text)?.[1];
  return pattern === undefined ? text : new RegExp(pattern);
}
