import { describe, expect, it } from 'vitest';
import { outputLines } from '../../src/view-models/run-outputs.ts';

describe('outputLines', () => {
  it('says how a later stage reads an output, and never shows a secret one', () => {
    const lines = outputLines([
      { stage: 'Build', job: 'Compile', name: 'make.version', value: '1.2' },
      { stage: 'Build', job: 'Compile', name: 'make.key', value: null },
      { stage: 'Deploy', job: 'Roll', part: 'deploy', name: 'put.url', value: 'x' },
      { stage: '__default', job: 'Job', name: 'one.two', value: '' },
    ]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(4);
    expect(lines.map(({ where, name, value, read }) => ({ where, name, value, read }))).toEqual([
      {
        where: 'Build › Compile',
        name: 'make.version',
        value: '1.2',
        read: "stageDependencies.Build.Compile.outputs['make.version']",
      },
      {
        where: 'Build › Compile',
        name: 'make.key',
        read: "stageDependencies.Build.Compile.outputs['make.key']",
      },
      { where: 'Deploy › Roll › deploy', name: 'put.url', value: 'x' },
      { where: 'Job', name: 'one.two', value: '' },
    ]);
  });
});
