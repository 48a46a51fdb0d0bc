import type { Client, RequestChangeView } from '@signalbox/api';
import { lockName, type LockChange } from './difference.ts';

/** What the changes of one lock would do to those who wait at it now. */
export interface Consequences {
  /** As `lockName` says it. */
  readonly lock: string;
  readonly requests: readonly RequestChangeView[];
  /** True when only the first requests were looked at. */
  readonly bounded: boolean;
}

/** Asks the server for each lock that is there; a new one has nobody. Each is asked by itself, as if alone. */
export async function consequencesOf(
  client: Client,
  project: string,
  changes: readonly LockChange[],
): Promise<readonly Consequences[]> {
  const found: Consequences[] = [];
  for (const { id, patch, wanted } of changes) {
    if (id === undefined) continue;
    const { requests, bounded } = await client.whatIf(project, id, { policy: patch });
    if (requests.length > 0 || bounded) found.push({ lock: lockName(wanted.resource), requests, bounded });
  }
  return found;
}

/** A line for each request whose state would change; a sentence when locks change and nobody is concerned. */
export function consequenceText(
  changes: readonly LockChange[],
  consequences: readonly Consequences[],
): string {
  if (changes.length === 0) return '';
  if (consequences.length === 0) return 'Nobody who waits now is concerned at once.\n';
  return `For those who wait now:\n${consequenceLines(consequences)
    .map((line) => `  ${line}\n`)
    .join('')}`;
}

function consequenceLines(consequences: readonly Consequences[]): readonly string[] {
  return consequences.flatMap(({ lock, requests, bounded }) => [
    ...requests.map(
      (one) =>
        `${lock}: run ${one.runId} ${one.definitionName} ${one.runNumber} · ${one.stage} · ${one.from} → ${one.to}${one.supersededByRunId === undefined ? '' : ` (superseded by run ${one.supersededByRunId})`}`,
    ),
    ...(bounded ? [`${lock}: those further behind were not looked at.`] : []),
  ]);
}
