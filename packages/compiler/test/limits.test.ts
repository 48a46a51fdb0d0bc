import { compile } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';

/** The codes that a text is refused with, each once. */
async function refusal(text: string): Promise<readonly string[]> {
  const result = await compile({ files: { read: async () => text }, path: 'p.yml' });
  return result.ok ? [] : [...new Set(result.diagnostics.map(({ code }) => code))];
}

describe('limits', () => {
  it('let the deepest allowed structure through to the ordinary checks', async () => {
    const text = `x: ${'['.repeat(95)}${']'.repeat(95)}`;
    expect(await refusal(text)).toEqual(['missing-key', 'unexpected-key']);
  });

  it('let a large honest file through', { timeout: 60_000 }, async () => {
    const stage = (n: number): string =>
      `- stage: s${n}\n  jobs:\n  - job: a\n    steps:\n    - script: make\n`;
    const text = `stages:\n${Array.from({ length: 1_000 }, (_, n) => stage(n)).join('')}`;
    expect(await refusal(text)).toEqual([]);
  });

  it('bound the number of files', async () => {
    const steps = (count: number): string =>
      `steps:\n${Array.from({ length: count }, (_, n) => `- template: t${n}.yml\n`).join('')}`;
    const codes = async (count: number): Promise<readonly string[]> => {
      const read = async (path: string): Promise<string> => (path === 'p.yml' ? steps(count) : 'steps: []');
      const result = await compile({ files: { read }, path: 'p.yml' });
      return result.ok ? [] : result.diagnostics.map(({ code }) => code);
    };
    expect(await codes(99)).toEqual([]);
    expect(await codes(100)).toEqual(['expansion-too-large']);
  });

  it('bound what templates and loops build', { timeout: 60_000 }, async () => {
    const fan = 'steps:\n- template: p.yml\n- template: p.yml\n- template: p.yml\n- template: p.yml\n';
    expect(await refusal(fan)).toEqual(['too-deep']);
    const text = 'x'.repeat(500_000);
    const loop = `variables:\n  big: ${text}\nsteps:\n- \${{ each a in split('${','.repeat(99)}', ',') }}:\n  - script: \${{ variables.big }}\n`;
    expect(await refusal(loop)).toEqual(['expansion-too-large']);
  });

  it('bound the number of stages, jobs and dependencies', { timeout: 60_000 }, async () => {
    const stage = (n: number): string => `- stage: s${n}\n  dependsOn: []\n  jobs: [{ job: a }]\n`;
    const list = (count: number): string =>
      `stages:\n${Array.from({ length: count }, (_, n) => stage(n)).join('')}`;
    expect(await refusal(list(1_001))).toEqual(['plan-too-large']);
    const jobs = Array.from({ length: 256 }, (_, n) => `{ job: j${n} }`).join(', ');
    const wide = Array.from({ length: 20 }, (_, n) => `- stage: s${n}\n  jobs: [${jobs}]\n`).join('');
    expect(await refusal(`stages:\n${wide}`)).toEqual(['plan-too-large']);
    const all = (count: number): string => Array.from({ length: count }, (_, n) => `s${n}`).join(',');
    const dense = Array.from(
      { length: 330 },
      (_, n) => `- stage: s${n}\n  dependsOn: [${all(n)}]\n  jobs: [{ job: a }]\n`,
    );
    expect(await refusal(`stages:\n${dense.join('')}`)).toEqual(['plan-too-large']);
  });
});
