import { fold, type DeploymentJobPlan, type DeploymentStrategy } from '@signalbox/model';
import { chooseMachines, namesResources } from './choose-machines.ts';
import type { Expanded } from './expanded-job.ts';
import { textOf, type Reader } from './setting-text.ts';
import type { InstanceKey } from './state.ts';
import { ownValue, type Turn } from './turn.ts';

/**
 * The machines to which a deployment job goes, as they are when it starts; one that names only its environment goes to
 * none (DEP-6, DEP-7). Machines that come later are not part of it, and those that go away fail (JOB-4).
 */
export function expandDeployment(
  turn: Turn,
  key: InstanceKey,
  { environment, strategy }: DeploymentJobPlan,
  read: Reader,
): Expanded {
  const { name, resourceType } = environment;
  if (strategy.kind === 'canary' || resourceType === 'Kubernetes') return wrong(noKubernetes(strategy, name));
  if (strategy.kind === 'runOnce' && !namesResources(environment)) return { ok: true };
  const id = environmentOf(turn, key, name);
  if (id === undefined) return wrong(`Environment '${name}' is not one that this stage may use.`);
  const known = turn.machines.get(id);
  if (known === undefined) {
    turn.lackingMachines.push(id);
    return { ok: true };
  }
  const chosen = chooseMachines(environment, known);
  if (!chosen.ok) return chosen;
  const legs = chosen.machines.map(({ name: machine, id: resource, pool }) => ({
    name: machine,
    machine: { id: resource, pool },
  }));
  const atOnce = strategy.kind === 'rolling' ? batchOf(strategy, legs.length, read) : legs.length;
  const [problem] = read.problems;
  return problem === undefined ? { ok: true, expansion: { kind: 'machines', legs, atOnce } } : wrong(problem);
}

/** The service says it of the strategy; of a resource it says that it is not there. */
function noKubernetes({ kind }: DeploymentStrategy, name: string): string {
  const why = `environment '${name}' has no Kubernetes resource, and this server has none to offer`;
  return kind === 'canary'
    ? `Deployment strategy 'canary' is not supported for a target that is a whole environment: ${why}.`
    : `The job deploys to Kubernetes, but ${why}.`;
}

function environmentOf({ state }: Turn, { stage }: InstanceKey, name: string): string | undefined {
  const resources = ownValue(state.resources, stage) ?? [];
  return resources.find((one) => one.type === 'environment' && fold(one.name) === fold(name))?.id;
}

/** So many machines at a time, or a share of them, rounded down, but one at least (DEP-7). */
function batchOf(
  { maxParallel }: Extract<DeploymentStrategy, { kind: 'rolling' }>,
  count: number,
  read: Reader,
): number {
  if (maxParallel === undefined) return count;
  const text =
    typeof maxParallel === 'number' ? String(maxParallel) : textOf(maxParallel, FIELD, read).trim();
  const [, digits, percent] = /^(\d{1,9})\s*(%?)$/.exec(text) ?? [];
  const given = Number(digits);
  if (!(given >= 1) || (percent === '%' && given > 100)) {
    read.problems.push(
      `The job's '${FIELD}' is '${text.slice(0, 60)}', neither a number from 1 nor 1% to 100%.`,
    );
    return count;
  }
  return Math.min(count, percent === '%' ? Math.max(1, Math.floor((count * given) / 100)) : given);
}

const FIELD = 'strategy.rolling.maxParallel';

function wrong(message: string): Expanded {
  return { ok: false, message };
}
