import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile, expandedYaml } from '@signalbox/compiler';
import type { CompileResult } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/real/', import.meta.url));

interface Root {
  readonly repo: string;
  readonly path: string;
}

/** Files that are refused for another reason than a feature that is still to come, each with its reason. */
const explained: Readonly<Record<string, string>> = {
  'Azure+iotedge/builds/misc/addons-publish.yaml':
    'environment-not-known: the variable is given in the settings of the definition',
  'Azure-Samples+modern-data-warehouse-dataops/archive/e2e_samples/temperature_events/loadtesting/loadtest-pipeline.yml':
    'yaml-syntax: the library refuses a quoted scalar that goes on in a line indented less',
};

/** More than a hundred template expressions are listed only in part. */
const pending = new Set(['not-supported-yet', 'too-many-diagnostics']);

function compiled(text: string, path: string): Promise<CompileResult> {
  return compile({ files: { read: async () => text }, path });
}

describe.skipIf(!existsSync(corpus))(
  'real pipelines (skipped where the corpus is not beside the repository)',
  () => {
    it(
      'are refused only for what is not supported yet, and stay the same when expanded',
      { timeout: 120_000 },
      async () => {
        const { roots } = JSON.parse(readFileSync(`${corpus}MANIFEST.json`, 'utf8')) as {
          roots: readonly Root[];
        };
        const unexplained: string[] = [];
        const count = { compiled: 0, pending: 0, explained: 0 };
        for (const { repo, path } of roots) {
          const result = await compiled(readFileSync(`${corpus}${repo}/${path}`, 'utf8'), path);
          if (result.ok) {
            count.compiled++;
            const text = expandedYaml(result.plan);
            const again = await compiled(text, path);
            expect(again, text).toMatchObject({ ok: true });
            if (again.ok) expect(expandedYaml(again.plan)).toBe(text);
          } else if (explained[`${repo}/${path}`] !== undefined) count.explained++;
          else if (
            result.diagnostics.every(({ code, severity }) => severity === 'warning' || pending.has(code))
          )
            count.pending++;
          else unexplained.push(`${repo}/${path}`);
        }
        expect(unexplained).toEqual([]);
        expect(count.explained).toBe(Object.keys(explained).length);
        expect(count.compiled).toBeGreaterThanOrEqual(65);
      },
    );
  },
);
