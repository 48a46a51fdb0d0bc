import type { NodeResult } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import type { CommandTarget } from '../../src/commands/command-target.ts';
import { runLine } from '../../src/commands/run-line.ts';
import { Masker } from '../../src/masking/masker.ts';
import { VariableStore } from '../../src/variables/variable-store.ts';

/** A target that writes down what happened to it. */
function recorder() {
  const masker = new Masker();
  const variables = new VariableStore(masker);
  const events: string[] = [];
  const target: CommandTarget = {
    stepName: 'look',
    variables,
    masker,
    prependPath: [],
    issue: (type, message) => void events.push(`${type}: ${message}`),
    debug: () => {},
    complete: (result: NodeResult, done) => void events.push(`complete ${result}${done ? ' done' : ''}`),
    output: (name, value, secret) => void events.push(`output ${name}=${value}${secret ? ' secret' : ''}`),
  };
  return { target, variables, masker, events };
}

/** line → what it did, beginning of each event. */
const EFFECTS: readonly [string, readonly string[]][] = [
  ['##vso[task.logissue type=error]bad', ['error: bad']],
  ['##vso[task.issue type=Warning]odd', ['warning: odd']],
  [
    '##vso[task.logissue type=error;sourcepath=a.c;linenumber=3;columnnumber=9;code=E7]bad',
    ['error: a.c(3,9): error E7: bad'],
  ],
  ['##vso[task.logissue type=note]x', ['error: Unable', 'complete failed']],
  ['##vso[task.logissue]x', ['error: Unable', 'complete failed']],
  ['##vso[task.complete result=Failed]x', ['complete failed']],
  ['##vso[task.complete result=succeededwithissues;done=TRUE]', ['complete succeededWithIssues done']],
  ['##vso[task.complete result=Great]', ['error: Unable', 'complete failed']],
  ['##vso[task.complete]', ['complete succeeded']],
  ['##vso[task.setvariable variable=a;isoutput=true]v', ['output look.a=v']],
  ['##vso[task.setvariable variable=a;isoutput=yes]v', []],
  [
    `##vso[task.setvariable variable=a;isoutput=true]${'v'.repeat(40_000)}`,
    ['error: Unable', 'complete failed'],
  ],
  ['##vso[task.setvariable]v', ['error: Unable', 'complete failed']],
  ['##vso[task.setvariable variable=System.AccessToken]v', ['error: Unable', 'complete failed']],
  ['##vso[task.setvariable variable=SIGNALBOX_LOCK_TOKEN]9', ['error: Unable', 'complete failed']],
  ['##vso[task.setvariable variable=System.Debug]true', []],
  ['##vso[task.setvariable variable=k;issecret=true]two%0Alines', ['error: Unable', 'complete failed']],
  ['##vso[task.setsecret]', ['error: Unable', 'complete failed']],
  ['##vso[task.setprogress value=30]half', []],
  ['##vso[task.prependpath]', ['error: Unable', 'complete failed']],
  ['##vso[task.nonsense]x', ['error: Unable', 'complete failed']],
  [
    '##vso[build.updatebuildnumber]1.2',
    ['warning: The logging command build.updatebuildnumber is not supported yet'],
  ],
  ['##vso[build.addbuildtag]t', ['warning: The logging command build.addbuildtag is not supported yet']],
  [
    '##vso[task.uploadsummary]/x.md',
    ['warning: The logging command task.uploadsummary is not supported yet'],
  ],
  [
    '##vso[artifact.upload artifactname=a]/x',
    ['warning: The logging command artifact.upload is not supported yet'],
  ],
  ['##vso[telemetry.publish area=a;feature=b]{}', []],
];

describe('runLine', () => {
  it.each(EFFECTS)('%s', (line, expected) => {
    const { target, events } = recorder();
    expect(runLine(line, target)).toBe(true);
    expect(events).toHaveLength(expected.length);
    for (const [index, start] of expected.entries()) expect(events[index]?.startsWith(start)).toBe(true);
  });

  it.each([
    ['plain text', []],
    ['##[error]only colour', []],
    ['##vso[unclosed', ['warning: This line']],
    ['##vso[nowhere.at all]x', ['warning: There is no']],
  ] as const)('shows %s', (line, expected) => {
    const { target, events } = recorder();
    expect(runLine(line, target)).toBe(false);
    expect(events).toHaveLength(expected.length);
    for (const [index, start] of expected.entries()) expect(events[index]?.startsWith(start)).toBe(true);
  });

  it('sets a variable for later steps, not an output of that name (CTX-2, VARD-6)', () => {
    const { target, variables } = recorder();
    runLine('##vso[task.setvariable variable=plain]1', target);
    runLine('##vso[task.setvariable variable=out;isOutput=true]2', target);
    expect(variables.text('plain')).toBe('1');
    expect(variables.get('out')).toBeUndefined();
    expect(variables.get('look.out')).toMatchObject({ value: '2', readonly: true });
  });

  it('keeps a read-only variable and fails the step (REC-177, VARD-8)', () => {
    const { target, variables, events } = recorder();
    runLine('##vso[task.setvariable variable=a;isreadonly=true]1', target);
    runLine('##vso[task.setvariable variable=A]2', target);
    expect(variables.text('a')).toBe('1');
    expect(events.at(-1)).toBe('complete failed');
  });

  it('masks a secret from then on, and does not let go of it (SEC-4, TH9, REC-176)', () => {
    const { target, variables, masker } = recorder();
    runLine('##vso[task.setvariable variable=key;issecret=true]swordfish', target);
    runLine('##vso[task.setvariable variable=key]marlin', target);
    runLine('##vso[task.setsecret]haddock', target);
    expect(variables.get('key')).toMatchObject({ value: 'marlin', secret: true });
    expect(masker.mask('swordfish marlin haddock')).toBe('*** *** ***');
  });

  it('masks a secret that it refuses, too', () => {
    const { target, masker } = recorder();
    runLine('##vso[task.setvariable variable=System.X;issecret=true]swordfish', target);
    expect(masker.mask('swordfish')).toBe('***');
  });

  it('puts the later folder first (REC-181)', () => {
    const { target } = recorder();
    for (const folder of ['/one', '/two', '/one']) runLine(`##vso[task.prependpath]${folder}`, target);
    expect(target.prependPath).toEqual(['/one', '/two']);
  });
});
