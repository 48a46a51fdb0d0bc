import {
  bornRun,
  createInterlocking,
  createPool,
  createRun,
  createTrigger,
  DEFAULT_LEASE_POLICY,
  type LeasePolicy,
} from '@signalbox/engine';
import type { Engine } from '@signalbox/store';

/** The engine as a store wants it: what `openStore` is given, here, in `signalbox run` and in tests. */
export function createEngine(policy: LeasePolicy = DEFAULT_LEASE_POLICY): Engine {
  return {
    run: (id) => createRun(id),
    interlocking: (project) => createInterlocking(project),
    pool: (id) => createPool(id, policy),
    trigger: (project) => createTrigger(project),
    born: ({ identity, plan }) => bornRun(identity, plan),
  };
}
