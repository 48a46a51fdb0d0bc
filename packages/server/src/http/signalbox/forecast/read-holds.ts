import { type HoldsOf, type Moment } from '@signalbox/engine';
import { fold, type Millis } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';

/** Past holds of a stage that count: enough for nine in ten, few enough to follow a change. */
const HOLDS_COUNTED = 50;

/** Reads how long the stages of a moment held their locks in the past. */
export async function readHolds(store: Store, project: ProjectRow, { rows }: Moment): Promise<HoldsOf> {
  const holds = new Map<string, readonly Millis[]>();
  for (const { requester } of rows.bundles.values()) {
    const { definition, stage } = requester;
    const key = keyOf(requester);
    if (holds.has(key)) continue;
    holds.set(key, await store.forecasts.holds(project.id, { definition, stage }, HOLDS_COUNTED));
  }
  return (stage) => holds.get(keyOf(stage)) ?? [];
}

function keyOf({ definition, stage }: { readonly definition: number; readonly stage: string }): string {
  return `${definition}/${fold(stage)}`;
}
