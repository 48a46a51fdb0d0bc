import type { ContainerReference, ServicePlan } from '@signalbox/model';
import { isRuntime } from '@signalbox/model';
import { writeContainer } from './write-container.ts';
import { mapping, writeValue } from './writing.ts';
import type { Written } from './writing.ts';

/** The container of a job: its alias, its mapping, or the expression that gives it (CONT-1, YAML-36). */
export function writeContainerReference(reference: ContainerReference): Written {
  if (isRuntime(reference)) return writeValue(reference);
  return 'alias' in reference ? reference.alias : mapping(writeContainer(reference.container));
}

/** The containers beside a job by their names; nothing when there are none (CONT-3). */
export function writeServices(services: readonly ServicePlan[]): Written | undefined {
  if (services.length === 0) return undefined;
  return mapping(services.map(({ name, container }) => [name, writeContainerReference(container)]));
}
