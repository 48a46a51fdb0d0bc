import { compile, type CompileRequest } from '@signalbox/compiler';
import { notRunnable, type NotRunnable } from '@signalbox/engine';
import type { Diagnostic, Plan } from '@signalbox/model';
import type { Store, TaskPackageRow } from '@signalbox/store';
import { needsPackages, resolveTasks } from '../tasks/resolve-tasks.ts';
import type { OtherRepositories } from './other-repositories.ts';

/** A plan that a run could be made of, its tasks and commits known to the last digit; or every mistake of the file. */
export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Compiles a file, and refuses what no agent here could run. */
export async function readPlan(
  store: Store,
  wanted: Omit<CompileRequest, 'repositories'>,
  others: OtherRepositories,
): Promise<PlanResult> {
  const compiled = await compile({ ...wanted, repositories: others.files });
  if (!compiled.ok) return { ok: false, diagnostics: compiled.diagnostics };
  const missing = notRunnable(compiled.plan);
  if (missing.length > 0) return { ok: false, diagnostics: missing.map(notRunnableDiagnostic) };
  const resolved = resolveTasks(compiled.plan, await packagesFor(store, compiled.plan));
  if (!resolved.ok) return resolved;
  const { plan, problems } = await others.freeze(resolved.plan);
  return problems.length > 0 ? { ok: false, diagnostics: problems } : { ok: true, plan };
}

/** Read only for a plan that needs more than the built-in tasks. */
async function packagesFor(store: Store, plan: Plan): Promise<readonly TaskPackageRow[]> {
  return needsPackages(plan) ? store.taskPackages.list() : [];
}

/** The file is right, but doing without what it asks for would be another pipeline. */
function notRunnableDiagnostic({ feature, at }: NotRunnable): Diagnostic {
  return {
    code: 'not-supported-yet',
    severity: 'error',
    message: `This version of Signalbox cannot run ${feature} yet.`,
    help: 'The file is right; leave this out to run it here today.',
    range: at,
  };
}
