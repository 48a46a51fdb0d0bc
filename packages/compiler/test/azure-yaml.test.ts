import { azureYaml, compile, expandedYaml } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';

async function preview(yaml: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const read = async (path: string): Promise<string | undefined> => (path === 'p.yml' ? yaml : files[path]);
  const result = await azureYaml({ files: { read }, path: 'p.yml' });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.yaml;
}

describe('azureYaml', () => {
  it('wraps steps in a job and a stage, and takes the pool along (REC-160, REC-161)', async () => {
    expect(await preview('steps:\n  - script: echo\nname: run\npool: Big\n')).toBe(
      'name: run\nstages:\n  - stage: __default\n    jobs:\n      - job: Job\n        pool: Big\n        steps:\n' +
        '          - task: CmdLine@2\n            inputs:\n              script: echo\n',
    );
  });

  it('wraps jobs in a stage and leaves the pool at the root (REC-161)', async () => {
    expect(await preview('jobs:\n  - job: A\n    steps: [{ script: echo }]\npool: Big\n')).toMatch(
      /^pool: Big\nstages:\n {2}- stage: __default\n {4}jobs:\n {6}- job: A\n {8}steps:\n/,
    );
  });

  it('keeps what the first preview of the language called otherwise', async () => {
    expect(await preview('phases:\n  - phase: A\n    server: true\n')).toBe(
      'stages:\n  - stage: __default\n    jobs:\n      - phase: A\n        server: true\n',
    );
    expect(await preview('queue: Big\nsteps:\n  - script: a\n')).toContain(
      '    jobs:\n      - phase: Job\n        queue: Big\n        steps:\n',
    );
  });

  it('puts further inputs of a step beside those that its keys set', async () => {
    const text = await preview('steps:\n  - downloadBuild: b\n    inputs: { a: b, buildType: c }\n');
    expect(text).toContain(
      'task: DownloadBuildArtifacts@0\n            inputs:\n              buildType: b\n              a: b\n',
    );
  });

  it('echoes the keys of the root in their order, parameters as they are written (REC-162)', async () => {
    const text = await preview(
      "trigger: none\nparameters:\n  - name: a\n    default: ''\n  - name: b\n    default: ${{ 'x' }}\n" +
        '  - name: c\n    type: object\n    default: ~\nsteps:\n  - script: echo ${{ parameters.b }}\n',
    );
    expect(text).toMatch(
      /^trigger:\n {2}enabled: false\nparameters:\n {2}- name: a\n {4}default: ''\n {2}- name: b\n {4}default: x\n {2}- name: c\n {4}type: object\n {4}default: ''\nstages:/,
    );
    expect(text).toContain('script: echo x\n');
  });

  it('writes short forms in full (REC-163)', async () => {
    const text = await preview(
      'trigger: [main]\nvariables:\n  a: 1\nstages:\n  - stage: A\n    jobs:\n      - job: J\n        steps: [{ script: echo }]\n' +
        '  - stage: B\n    dependsOn: A\n    jobs:\n      - deployment: D\n        environment: prod\n' +
        '        strategy: { runOnce: { deploy: { steps: [{ script: echo }] } } }\n',
    );
    expect(text).toMatch(
      /^trigger:\n {2}branches:\n {4}include:\n {6}- main\nvariables:\n {2}- name: a\n {4}value: 1\n/,
    );
    expect(text).toContain('    dependsOn:\n      - A\n');
    expect(text).toContain('        environment:\n          name: prod\n');
  });

  it('writes shortcuts as tasks (REC-164, REC-165)', async () => {
    const text = await preview(
      'steps:\n  - checkout: none\n  - bash: make\n    displayName: Make\n    workingDirectory: src\n  - publish: out\n    artifact: drop\n',
    );
    expect(text).toContain(
      '          - task: 6d15af64-176c-496d-b583-fd2ae21d4df4@1\n            condition: false\n            inputs:\n              repository: none\n' +
        '          - task: Bash@3\n            displayName: Make\n            inputs:\n              targetType: inline\n' +
        '              script: make\n              workingDirectory: src\n' +
        '          - task: ecdc45f6-832d-4ad9-b52b-ee49e94659be@1\n            inputs:\n              path: out\n              artifactName: drop\n',
    );
  });

  it('fills nothing in, evaluates nothing of a run, and has the text of the template for extends (REC-85, REC-166)', async () => {
    const text = await preview('extends:\n  template: t.yml\n', {
      't.yml':
        'parameters:\n  - { name: x, default: 1 }\nstages:\n  - stage: A\n    condition: eq(1, 1)\n    jobs:\n' +
        '      - job: J\n        variables: { v: "$[ counter() ]" }\n        steps:\n          - script: $(v)\n',
    });
    expect(text).toBe(
      'stages:\n  - stage: A\n    condition: eq(1, 1)\n    jobs:\n      - job: J\n        variables:\n          - name: v\n' +
        '            value: $[ counter() ]\n        steps:\n          - task: CmdLine@2\n            inputs:\n              script: $(v)\n',
    );
  });

  it('writes scalars bare, which all are text (REC-167)', async () => {
    const text = await preview(
      "variables:\n  a: '0123'\n  b: ${{ true }}\n  c: 'x: y'\nsteps: [{ script: echo }]\n",
    );
    expect(text).toContain(
      "- name: a\n    value: 0123\n  - name: b\n    value: True\n  - name: c\n    value: 'x: y'\n",
    );
  });

  it('compiles to the same plan again, but for the name of a lone job', async () => {
    const yaml =
      'jobs:\n  - job: A\n    steps:\n      - checkout: none\n      - bash: make\n      - script: echo ${{ 1 }}\n        displayName: "${{ \'${{\' }}"\n';
    const plans: string[] = [];
    for (const text of [yaml, await preview(yaml)]) {
      const result = await compile({ files: { read: async () => text }, path: 'p.yml' });
      if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
      plans.push(expandedYaml(result.plan));
    }
    expect(plans[1]).toBe(plans[0]);
  });
});
