import { describe, expect, it } from 'vitest';
import { readTriggers } from '@signalbox/compiler';

const read = (text: string) => readTriggers('azure-pipelines.yml', text);

describe('readTriggers', () => {
  it('gives every kind of trigger of the root file (TRIG-1, TRIG-20, TRIG-30, TRIG-40)', async () => {
    const result = await read(`
trigger: { batch: true, branches: [main] }
pr: none
schedules: [{ cron: '0 3 * * Mon', displayName: Weekly }]
resources:
  pipelines: [{ pipeline: lib, source: Library, trigger: { stages: [Build] } }]
steps: [{ script: echo }]
`);
    expect(result).toEqual({
      ok: true,
      triggers: {
        push: { kind: 'on', batch: true, branches: { include: ['main'], exclude: [] } },
        pullRequest: { kind: 'none' },
        schedules: [{ cron: '0 3 * * Mon', displayName: 'Weekly', batch: false, always: false }],
        pipelines: [{ alias: 'lib', source: 'Library', trigger: { stages: ['Build'] } }],
        repositories: [],
      },
    });
  });

  it('does not mind mistakes elsewhere, nor parameters without values (TRIG-7)', async () => {
    const result = await read(
      'trigger: [main]\nparameters: [{ name: a }]\nvariables: { b: "${{ parameters.c }}" }\nstepps: []\n',
    );
    expect(result).toMatchObject({ ok: true, triggers: { push: { branches: { include: ['main'] } } } });
  });

  it('takes a lone literal for its text, and refuses any other expression (TRIG-8)', async () => {
    expect(await read("trigger: ['${{ ''main'' }}']")).toMatchObject({
      triggers: { push: { branches: { include: ['main'] } } },
    });
    expect(await read("trigger: ['${{ variables.x }}']")).toMatchObject({ ok: false });
  });

  it('says what is wrong with a trigger, and with a file that is no YAML (TRIG-1)', async () => {
    expect(await read('trigger: { branch: [main] }')).toMatchObject({
      ok: false,
      diagnostics: [{ code: 'unexpected-key' }],
    });
    expect(await read('a: [')).toMatchObject({ ok: false });
    expect(await read('- a')).toMatchObject({ ok: false });
  });

  it('gives nothing for a file that says nothing (TRIG-2)', async () => {
    expect(await read('steps: []')).toEqual({
      ok: true,
      triggers: { schedules: [], pipelines: [], repositories: [] },
    });
  });
});
