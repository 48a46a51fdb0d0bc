import { readTriggers, type DeclaredTriggers } from '@signalbox/compiler';
import { takesBranch } from '@signalbox/engine';
import { nextTime, readCron, type Diagnostic } from '@signalbox/model';
import type { DefinitionRow, JsonObject } from '@signalbox/store';
import type { App } from '../app.ts';
import type { History } from '../git/history.ts';
import { triggerSettings } from './trigger-settings.ts';

/** The triggers of a pipeline at a commit. */
export type DeclaredAt =
  | { readonly kind: 'read'; readonly triggers: DeclaredTriggers }
  | { readonly kind: 'no-file'; readonly why: string }
  | { readonly kind: 'wrong'; readonly why: string };

/** Reads the file of a pipeline at a commit (TRIG-7). */
export async function declaredAt(
  history: Pick<History, 'files'>,
  { yamlFilename }: DefinitionRow,
  commit: string,
): Promise<DeclaredAt> {
  const text = await history.files(commit).read(yamlFilename);
  if (text === undefined) return { kind: 'no-file', why: `There is no file ${yamlFilename} at this commit.` };
  const read = await readTriggers(yamlFilename, text);
  if (!read.ok) return { kind: 'wrong', why: firstProblem(read.diagnostics) };
  return { kind: 'read', triggers: read.triggers };
}

/** The first mistake of a file with its place, and how many there are besides. */
export function firstProblem(diagnostics: readonly Diagnostic[]): string {
  const [first, ...rest] = diagnostics.filter(({ severity }) => severity === 'error');
  if (first === undefined) return 'The file has mistakes.';
  const { file, line, column } = first.range;
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  return `${file}(${line},${column}): ${first.message}${more}`;
}

/**
 * Notes the schedules that the file of a branch says of that branch (TRIG-32); none when it has no file. One that stays keeps its time.
 */
export async function keepSchedules(
  { store, clock }: Pick<App, 'store' | 'clock'>,
  { id: definition, project }: DefinitionRow,
  {
    branch,
    declared,
    anew = false,
  }: { readonly branch: string; readonly declared: DeclaredAt; readonly anew?: boolean },
): Promise<void> {
  const plans = declared.kind === 'read' ? declared.triggers.schedules : [];
  const { timeZone } = await triggerSettings(store, definition);
  const own = plans.filter((plan) => takesBranch(plan.branches, branch));
  const schedules = own.flatMap((plan) => {
    const times = readCron(plan.cron);
    const due = times && nextTime(times, timeZone, clock());
    return due === undefined ? [] : [{ plan: JSON.parse(JSON.stringify(plan)) as JsonObject, due }];
  });
  await store.triggers.setSchedules({ project, definition, branch }, schedules, { anew });
}
