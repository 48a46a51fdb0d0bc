import type { ProjectId } from '@signalbox/model';
import type { CallerDesk } from '../../callers/desk.ts';
import { describeResult, type OutboundResult } from '../../outbound/outbound.ts';
import { callAzure, isRefused } from './azure-call.ts';
import type { AzureCheck } from './check.ts';

/** What Azure DevOps says of a stage attempt. `unknown`: it says nothing that can be relied upon. */
export type StageState =
  | { readonly kind: 'going' }
  | { readonly kind: 'over'; readonly failed: boolean }
  | { readonly kind: 'unknown'; readonly message: string };

/** Asks the timeline of the run for the stage; where it is not found there, the run itself. */
export async function lookAtStage(
  desk: CallerDesk,
  project: ProjectId,
  check: AzureCheck,
): Promise<StageState> {
  const at = `_apis/build/builds/${check.runId}`;
  const ask = (path: string): Promise<OutboundResult> =>
    callAzure(desk, project, { check, call: { method: 'GET', path } });
  const timeline = await ask(`${at}/timeline?api-version=7.1`);
  const stage = answered(timeline) ? stageIn(parsed(timeline.body), check) : undefined;
  if (stage !== undefined) return stage;
  if (!answered(timeline) && !isGone(timeline)) return unknown(timeline);
  const run = await ask(`${at}?api-version=7.1`);
  // A run that was deleted does nothing any more.
  if (isGone(run)) return { kind: 'over', failed: false };
  return answered(run) ? runState(parsed(run.body)) : unknown(run);
}

type Answered = OutboundResult & { readonly kind: 'answered' };

function answered(result: OutboundResult): result is Answered {
  return result.kind === 'answered' && result.status === 200;
}

function isGone(result: OutboundResult): boolean {
  return result.kind === 'answered' && (result.status === 404 || result.status === 204);
}

function unknown(result: OutboundResult): StageState {
  const message = isRefused(result) ? 'Azure DevOps refused the token.' : describeResult(result);
  return { kind: 'unknown', message };
}

function parsed(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The stage among the records of a timeline, by its name in the file; undefined when it is not there. */
function stageIn({ records }: Readonly<Record<string, unknown>>, check: AzureCheck): StageState | undefined {
  const all: readonly unknown[] = Array.isArray(records) ? records : [];
  const found = all.map(recordOf).find((one) => one.type === 'Stage' && names(one, check.stage));
  if (found === undefined) return undefined;
  // A later attempt: this one is over.
  if (Number(found.attempt ?? 1) > check.attempt) return { kind: 'over', failed: false };
  if (found.state !== 'completed') return { kind: 'going' };
  return { kind: 'over', failed: found.result === 'failed' || found.result === 'abandoned' };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function names({ identifier, name }: Readonly<Record<string, unknown>>, stage: string): boolean {
  return [identifier, name].some(
    (one) => typeof one === 'string' && one.toLowerCase() === stage.toLowerCase(),
  );
}

function runState({ status, result }: Readonly<Record<string, unknown>>): StageState {
  if (status === 'completed') return { kind: 'over', failed: result === 'failed' };
  if (typeof status === 'string') return { kind: 'going' };
  return { kind: 'unknown', message: 'Azure DevOps answered with something that is no run.' };
}
