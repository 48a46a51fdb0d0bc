import type { FilePreview, WireDiagnostic } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import {
  environmentsIn,
  faultyParts,
  needLines,
  otherProblems,
} from '../../../src/view-models/start/preview.ts';

const mistake = (file: string, line: number): WireDiagnostic => ({
  code: 'unknown-key',
  severity: 'error',
  message: `Line ${line}.`,
  help: 'Mend it.',
  file,
  line,
  column: 1,
});

const preview = (problems: readonly WireDiagnostic[], more: Partial<FilePreview> = {}): FilePreview => ({
  branch: 'refs/heads/main',
  commit: 'c0ffee',
  text: Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join('\n'),
  stages: [],
  needs: [],
  problems,
  ...more,
});

describe('faultyParts', () => {
  it('shows three lines on each side of a mistake, and joins parts that meet', () => {
    const parts = faultyParts(
      preview([mistake('a.yml', 2), mistake('/a.yml', 8), mistake('a.yml', 25), mistake('t.yml', 15)]),
      'a.yml',
    );
    expect(parts.map((part) => [part[0]?.number, part.at(-1)?.number])).toEqual([
      [1, 11],
      [22, 28],
    ]);
    expect(parts[0]?.[7]?.problems).toHaveLength(1);
  });

  it('shows nothing of a file that is right', () => {
    expect(faultyParts(preview([]), 'a.yml')).toEqual([]);
  });
});

describe('otherProblems', () => {
  it('are those of other files, and those behind the end of what is shown', () => {
    const all = [mistake('a.yml', 2), mistake('t.yml', 2), mistake('a.yml', 31)];
    expect(otherProblems(preview(all), 'a.yml')).toEqual([all[1], all[2]]);
  });
});

describe('needLines', () => {
  it('says first what stops a run, then what waits for somebody', () => {
    const lines = needLines([
      { type: 'queue', name: 'Default', stages: ['A'], state: 'ready' },
      { type: 'environment', name: 'qa', stages: ['A'], state: 'made' },
      { type: 'environment', name: 'production', stages: ['B'], state: 'closed' },
      { type: 'variablegroup', name: 'Shared', stages: ['A'], state: 'missing' },
    ]);
    expect(lines.map(({ kind, name, tone, to }) => [kind, name, tone, to])).toEqual([
      ['variable group', 'Shared', 'bad', 'library'],
      ['environment', 'production', 'warn', 'environments'],
      ['environment', 'qa', 'good', undefined],
      ['agent pool', 'Default', 'good', undefined],
    ]);
  });
});

describe('environmentsIn', () => {
  it('names each once, in whatever letters', () => {
    const stage = { name: 'A', displayName: 'A', dependsOn: [], skippable: true };
    const stages = [
      { ...stage, environments: ['qa', 'production'] },
      { ...stage, environments: ['QA'] },
    ];
    expect(environmentsIn(preview([], { stages }))).toEqual(['QA', 'production']);
  });
});
