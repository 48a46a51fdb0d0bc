import type { Diagnostic, PipelineResourcePlan, RepositoryPlan, TriggersPlan } from '@signalbox/model';
import { newBag } from '../../diagnostics.ts';
import { drive } from '../../expand/drive.ts';
import { expandPipeline } from '../../expand/pipeline.ts';
import type { MappingNode } from '../../read/node.ts';
import { readYaml } from '../../read/read-yaml.ts';
import { readKnown, type Scope } from '../key.ts';
import { resourcesKey } from '../resources/resources.ts';
import { given } from '../values.ts';
import { prKey } from './pr.ts';
import { schedulesKey } from './schedules.ts';
import { triggerKey } from './trigger.ts';

/** What starts runs of a pipeline by itself. */
export interface DeclaredTriggers extends TriggersPlan {
  /** Those that other pipelines can start it through (TRIG-40). */
  readonly pipelines: readonly PipelineResourcePlan[];
  readonly repositories: readonly RepositoryPlan[];
}

/** The triggers of a file, or its first mistakes. */
export type TriggersResult =
  | { readonly ok: true; readonly triggers: DeclaredTriggers }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

const KEYS = { trigger: triggerKey, pr: prKey, schedules: schedulesKey, resources: resourcesKey } as const;

/**
 * Reads the triggers of a pipeline file and nothing else of it: they stand in the root file and know no variables
 * (TRIG-8), so a mistake elsewhere does not hide whether a push was meant to start a run.
 */
export async function readTriggers(path: string, text: string): Promise<TriggersResult> {
  const bag = newBag();
  const failed = (): TriggersResult => ({ ok: false, diagnostics: bag.all() });
  const file = readYaml(path, text, bag.report);
  if (file?.kind !== 'mapping') return failed();
  const options = { path, parameters: { texts: {}, assume: true }, facts: {}, report: bag.report };
  const expanded = await drive(expandPipeline(onlyTriggers(file), options), async () => ({
    kind: 'no-file',
  }));
  if (bag.hasErrors() || expanded?.root.kind !== 'mapping') return failed();
  const scope: Scope = {
    report: bag.report,
    repositories: new Set(),
    containers: new Set(),
    knownVariable: () => undefined,
  };
  const { trigger, pr, schedules = [], resources } = readKnown(expanded.root, KEYS, scope);
  if (bag.hasErrors()) return failed();
  const { repositories = [], others } = resources ?? {};
  const { pipelines = [] } = others ?? {};
  return {
    ok: true,
    triggers: { ...given({ push: trigger, pullRequest: pr }), schedules, pipelines, repositories },
  };
}

function onlyTriggers(file: MappingNode): MappingNode {
  return { ...file, entries: file.entries.filter(({ key }) => Object.hasOwn(KEYS, key.text)) };
}
