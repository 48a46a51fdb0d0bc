import { reachOf } from '@signalbox/compiler';
import {
  fold,
  type Plan,
  type ProtectedResourceType,
  type SourceRange,
  type StagePlan,
} from '@signalbox/model';
import type { DefinitionRow } from '@signalbox/store';
import { knownName, textsOfStage, withEntries, type KnownTexts } from './reference-name.ts';

/** A protected resource that a stage uses, by name; `name` is undefined when it is known only later. */
export interface NamedReference {
  readonly stage: StagePlan;
  readonly type: ProtectedResourceType;
  readonly name: string | undefined;
  /** As the file has it. */
  readonly written: string;
  readonly source: SourceRange;
}

/** What else finding names takes: the pool of jobs that name none, and values that do not stand in the file. */
export interface ReferenceOwner {
  readonly definition: DefinitionRow;
  readonly variables: Readonly<Record<string, string>>;
  readonly defaultPool: string;
}

/** Every protected resource that the stages of a plan use, stage by stage, in the order of the plan (CHK-2, LOCK-10). */
export function referencesOf(plan: Plan, owner: ReferenceOwner): readonly NamedReference[] {
  const reached = new Map(reachOf(plan).map((one) => [fold(one.stage), one.resources]));
  const outer = withEntries(givenTexts(owner), plan.variables);
  return plan.stages.flatMap((stage) => {
    const texts = textsOfStage(outer, stage);
    const named = (reached.get(fold(stage.name)) ?? []).map(({ type, name, source }) => ({
      stage,
      type,
      name: knownName(name, texts),
      written: typeof name === 'string' ? name : `$[ ${name.expression} ]`,
      source,
    }));
    return [...named, ...defaultPool(stage, owner.defaultPool)];
  });
}

/** Settings of the pipeline, and over them what was given when queueing; a secret is no name of anything. */
function givenTexts({ definition, variables }: ReferenceOwner): KnownTexts {
  const settings = Object.entries(definition.variables).flatMap(([name, { value, secret }]) =>
    secret ? [] : [[fold(name), value] as const],
  );
  return new Map([
    ...settings,
    ...Object.entries(variables).map(([name, value]) => [fold(name), value] as const),
  ]);
}

function defaultPool(stage: StagePlan, name: string): readonly NamedReference[] {
  const job = stage.jobs.find(({ pool }) => pool.kind === 'pool' && pool.name === undefined);
  return job === undefined ? [] : [{ stage, type: 'queue', name, written: name, source: job.source }];
}
