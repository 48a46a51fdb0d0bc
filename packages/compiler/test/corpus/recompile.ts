import { compile, expandedYaml } from '@signalbox/compiler';
import type { CompileRequest } from '@signalbox/compiler';
import type { Plan } from '@signalbox/model';
import { planDifference } from './plan-difference.ts';

/** What changes when the expanded YAML of a plan is compiled again; nothing when it makes the same plan. */
export async function changeByExpanding(plan: Plan, request: CompileRequest): Promise<string | undefined> {
  const text = expandedYaml(plan);
  const { path, queueTimeVariables = {} } = request;
  const files = new Map([[path, text], ...inParts(text, path)]);
  const again = await compile({ files: { read: async (file) => files.get(file) }, path, queueTimeVariables });
  if (!again.ok) return again.diagnostics[0]?.message ?? 'refused';
  return expandedYaml(again.plan) === text ? planDifference(plan, again.plan) : 'the text differs';
}

/** A file may have a megabyte: of a longer text each stage becomes a template of its own. */
function inParts(text: string, path: string): readonly (readonly [string, string])[] {
  if (Buffer.byteLength(text) <= 1_048_576) return [];
  const [head = '', ...stages] = text.split(/^(?=- stage:|  - stage:)/m);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const references = stages.map((_, index) => `- template: stage-${index}.yml\n`);
  return [
    [path, head + references.join('')],
    ...stages.map((stage, index) => [`${folder}stage-${index}.yml`, `stages:\n${stage}`] as const),
  ];
}
