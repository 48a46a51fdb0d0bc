import {
  fold,
  isRuntime,
  type ContainerPlan,
  type ContainerReference,
  type ContainerResourcePlan,
  type JobPlan,
  type StepPlan,
} from '@signalbox/model';
import type { JobView, PlanView } from './plan-view.ts';
import { textOf, type Reader } from './setting-text.ts';

/** A container as its agent gets it: its texts may hold macros, which the agent expands (CONT-1). */
export interface SpecifiedContainer extends ContainerPlan {
  /** Unique among the containers of the job; of one that stands in the job itself a text that no alias can be. */
  readonly alias: string;
  readonly localImage?: boolean;
}

/** The containers of one instance; all absent: it runs on the agent itself. */
export interface JobContainers {
  /** The alias of the container in which its steps run (CONT-2). */
  readonly container?: string;
  /** Those in which steps run: the job's own, and those that targets of steps name (STEPY-7). */
  readonly containers?: readonly SpecifiedContainer[];
  /** Beside the steps, by their names in the network (CONT-3). */
  readonly services?: readonly { readonly name: string; readonly container: SpecifiedContainer }[];
}

/** What an agent must have to start containers; both Docker and Podman give it. */
export const CONTAINER_CAPABILITY = 'Agent.ContainerEngine';

/** What the steps of a job run in, and what runs beside them; what is wrong joins the reader's problems. */
export function jobContainers(
  { plan: job }: Pick<JobView, 'plan'>,
  steps: readonly StepPlan[],
  { plan }: Pick<PlanView, 'plan'>,
  read: Reader,
): JobContainers {
  const declared = new Map((plan.resources?.containers ?? []).map((one) => [fold(one.alias), one]));
  const find: Finder = { declared, read };
  const own = job.container === undefined ? undefined : refer(job.container, 'container', find);
  const services = servicesOf(job, find);
  const containers = new Map(own === undefined ? [] : [[fold(own.alias), own]]);
  for (const one of targetsOf(steps, find)) containers.set(fold(one.alias), one);
  return {
    ...(own === undefined ? {} : { container: own.alias }),
    ...(containers.size === 0 ? {} : { containers: [...containers.values()] }),
    ...(services.length === 0 ? {} : { services }),
  };
}

function servicesOf({ services = [] }: JobPlan, find: Finder): NonNullable<JobContainers['services']> {
  return services.flatMap(({ name, container }) => {
    const found = refer(container, `services.${name}`, find);
    return found === undefined ? [] : [{ name, container: found }];
  });
}

/** The declared containers that steps name; `host` is none, and what is unknown fails its step. */
function targetsOf(steps: readonly StepPlan[], find: Finder): readonly SpecifiedContainer[] {
  return steps.flatMap(({ target }) => {
    const alias = target?.container === undefined ? '' : textOf(target.container, 'target', find.read);
    return byAlias(alias, find) ?? [];
  });
}

interface Finder {
  readonly declared: ReadonlyMap<string, ContainerResourcePlan>;
  readonly read: Reader;
}

/** CONT-1: an alias, a container that stands there, or what an expression gives: an alias, else an image. */
function refer(reference: ContainerReference, field: string, find: Finder): SpecifiedContainer | undefined {
  const { declared, read } = find;
  if ('alias' in reference) return byAlias(reference.alias, find);
  if (isRuntime(reference)) {
    const text = textOf(reference, field, read).trim();
    if (text === '') return undefined;
    return declared.has(fold(text)) ? byAlias(text, find) : { alias: `(${field})`, image: text };
  }
  // `$(name)` may name a declared one as well as an image.
  const name = textOf(reference.container.image, field, read).trim();
  if (declared.has(fold(name))) return byAlias(name, find);
  return { alias: `(${field})`, ...reference.container };
}

function byAlias(alias: string, find: Finder): SpecifiedContainer | undefined {
  const found = find.declared.get(fold(alias));
  return found === undefined ? undefined : specified(found, find);
}

/** A declared container without what only the compiler and triggers read. */
function specified(found: ContainerResourcePlan, { read }: Finder): SpecifiedContainer {
  const { trigger: _trigger, type, registry: _registry, ...container } = found;
  if (fold(type ?? '') === 'acr') {
    read.problems.push(
      `The container '${found.alias}' is of type ACR, which needs Azure to find its image; name the image with its registry, and an endpoint.`,
    );
  }
  return container;
}
