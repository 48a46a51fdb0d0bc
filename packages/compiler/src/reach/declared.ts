import { fold, isRuntime } from '@signalbox/model';
import type {
  ContainerPlan,
  ContainerReference,
  ContainerResourcePlan,
  Plan,
  ProtectedResourceType,
  RepositoryPlan,
  ResourceReference,
  SourceRange,
  StepPlan,
  Value,
} from '@signalbox/model';
import { downloadBuild, getPackage } from '../plan/steps/downloads.ts';

/** A protected resource without its place. */
export interface Found {
  readonly type: ProtectedResourceType;
  readonly name: Value;
}

/** What the declared resources of a plan bring with them where they are used. */
export interface Declared {
  /** A repository by alias, with its service connection; `self` and `none` need no permission. */
  readonly repository: (alias: string) => readonly Found[];
  /** The service connections of a container. */
  readonly container: (reference: ContainerReference) => readonly Found[];
  /** The service connections of a build or a package that a step fetches. */
  readonly artifacts: (step: StepPlan) => readonly Found[];
  /** The repository whose template a part of the plan stands in. */
  readonly ofTemplate: (source: SourceRange) => readonly ResourceReference[];
}

/** Looks resources of a plan up by their aliases. */
export function reachableResources({ repositories, resources }: Plan): Declared {
  const repositoryOf = byAlias(repositories);
  const containerOf = byAlias(resources?.containers ?? []);
  const buildOf = byAlias(resources?.builds ?? []);
  const packageOf = byAlias(resources?.packages ?? []);
  const repository = (alias: string): readonly Found[] => ofRepository(alias, repositoryOf.get(fold(alias)));
  return {
    repository,
    container(reference) {
      if (isRuntime(reference)) return [];
      if ('container' in reference) return ofContainer(reference.container);
      const found = containerOf.get(fold(reference.alias));
      return found === undefined ? [] : ofContainer(found);
    },
    artifacts({ task, inputs }) {
      const build =
        task.name === downloadBuild.task.name
          ? buildOf.get(fold(inputs[downloadBuild.input] ?? ''))
          : undefined;
      const pack =
        task.name === getPackage.task.name ? packageOf.get(fold(inputs[getPackage.input] ?? '')) : undefined;
      return endpoints(build?.connection, pack?.connection);
    },
    ofTemplate(source) {
      // Files of another repository are named `path@alias`.
      const alias = /@([^@/\\]+)$/.exec(source.file)?.[1];
      return alias === undefined || !repositoryOf.has(fold(alias))
        ? []
        : repository(alias).map((one) => ({ ...one, source }));
    },
  };
}

function ofRepository(alias: string, declared: RepositoryPlan | undefined): readonly Found[] {
  if (declared !== undefined) {
    return [{ type: 'repository', name: declared.name }, ...endpoints(declared.endpoint)];
  }
  // A repository that is checked out without being declared: `git://project/name@ref` (CO-4).
  const inline = /^[a-z]+:\/\/([^@]+)/i.exec(alias)?.[1];
  return inline === undefined ? [] : [{ type: 'repository', name: inline }];
}

function ofContainer(container: ContainerPlan | ContainerResourcePlan): readonly Found[] {
  const registry = 'registry' in container ? container.registry?.['azureSubscription'] : undefined;
  return endpoints(container.endpoint, registry);
}

function endpoints(...names: readonly (string | undefined)[]): readonly Found[] {
  return names.flatMap((name) => (name === undefined ? [] : [{ type: 'endpoint' as const, name }]));
}

function byAlias<T extends { readonly alias: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  return new Map(list.map((one) => [fold(one.alias), one]));
}
