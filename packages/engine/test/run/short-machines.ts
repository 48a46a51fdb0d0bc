import type { Machine } from '@signalbox/engine';

/** The machines of environments, `{ prod: { web1: [eu] } }`: names with tags. */
export type ShortMachines = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The pool of every environment's machines in a story. */
const MACHINE_POOL = 9;

/** The machines of one environment, numbered from 1 in their order. */
export function machinesOf(machines: ShortMachines, environment: string): readonly Machine[] {
  return Object.entries(machines[environment] ?? {}).map(([name, tags], index) => ({
    id: index + 1,
    name,
    tags,
    pool: MACHINE_POOL,
  }));
}
