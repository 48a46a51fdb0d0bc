import { readFileSync } from 'node:fs';
import { compile, formatDiagnostics, reachOf, reachText } from '@signalbox/compiler';
import type { StageReach } from '@signalbox/compiler';
import { isRuntime } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

/** A case of `spec/reach`: what each stage of a file reaches, as `type name` in the order of the plan. */
interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly yaml: string;
  /** Files of other repositories, as `path@alias`. */
  readonly files?: Readonly<Record<string, string>>;
  readonly reach: Readonly<Record<string, readonly string[]>>;
  readonly locks?: Readonly<Record<string, object>>;
}

const file = new URL('../../../spec/reach/reach.yml', import.meta.url);
const cases = parse(readFileSync(file, 'utf8')) as readonly Case[];

async function stagesOf(yaml: string, files: Case['files'] = {}): Promise<readonly StageReach[]> {
  const result = await compile({
    files: { read: async (path) => (path === 'p.yml' ? yaml : undefined) },
    path: 'p.yml',
    repositories: async ({ alias }) => ({ read: async (path) => files[`${path}@${alias}`] }),
  });
  if (!result.ok) throw new Error(formatDiagnostics(result.diagnostics));
  return reachOf(result.plan);
}

describe('reachOf', () => {
  it.each(cases.map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const))(
    '%s',
    async (_, one) => {
      const stages = await stagesOf(one.yaml, one.files);
      const found = stages.map(({ stage, resources }) => [
        stage,
        resources.map(({ type, name }) => `${type} ${isRuntime(name) ? `$[ ${name.expression} ]` : name}`),
      ]);
      expect(Object.fromEntries(found)).toEqual(one.reach);
      if (one.locks === undefined) return;
      const locks = stages.map(({ stage, resources: _resources, ...lock }) => [stage, lock]);
      expect(Object.fromEntries(locks)).toEqual(one.locks);
    },
  );

  it('says where the plan names a resource first', async () => {
    const [stage] = await stagesOf(
      'jobs:\n- job: a\n  steps:\n  - task: AzureCLI@2\n    inputs: { azureSubscription: x }',
    );
    expect(stage?.resources[0]?.source).toMatchObject({ file: 'p.yml', line: 4 });
  });
});

describe('reachText', () => {
  it('has a paragraph for each stage and keeps names on their lines', async () => {
    const text = reachText(
      await stagesOf(
        'stages:\n- stage: a\n  lockBehavior: sequential\n  jobs: [{ deployment: d, environment: "e\\nf" }]\n- stage: b\n  jobs: [{ job: j }]',
      ),
    );
    expect(text).toBe(
      'a · a lock of its own · lockBehavior sequential\n  environment         e f  (p.yml:4)\n\nb\n  nothing protected\n',
    );
  });
});
