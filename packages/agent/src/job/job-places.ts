import { fold, type FoldedName } from '@signalbox/model';
import type { StepPlace } from '../steps/step-place.ts';

/** Where the steps of a job can run (STEPY-7). */
export interface JobPlaces {
  /** The agent itself. */
  readonly host: StepPlace;
  /** By the `target` of a step: a container's alias, `host`, or empty for where the job runs. */
  find(target: string): StepPlace | { readonly problem: string };
}

/** The places of a job without containers, or with those that were started for it; `own` is the alias of the job's. */
export function jobPlaces(
  host: StepPlace,
  containers: ReadonlyMap<FoldedName, StepPlace>,
  own: string | undefined,
): JobPlaces {
  return {
    host,
    find(target) {
      const alias = target === '' ? (own ?? 'host') : target;
      if (fold(alias) === fold('host')) return host;
      const place = containers.get(fold(alias));
      return place ?? { problem: `The job has no container "${alias}" that the step could run in.` };
    },
  };
}
