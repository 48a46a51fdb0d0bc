import { ROUTES } from '@signalbox/api';
import { differences } from './compare.ts';
import type { ImportOptions } from './import-options.ts';
import { recordOf, textOf } from './json.ts';
import type { ReportRow } from './report.ts';
import { createSide, type Side } from './side.ts';

/** Finds the project at the target, or makes it; in a dry run it may stay missing. */
export async function openTarget(
  { target: remote, into, dryRun }: Pick<ImportOptions, 'target' | 'into' | 'dryRun'>,
  description: string,
): Promise<{ readonly target: Side; readonly row: ReportRow }> {
  const side = (of: Pick<Side, 'projectId' | 'isNew'>): Side =>
    createSide({ remote, project: into, isSignalbox: true, ...of });
  const row = (result: ReportRow['result'], rest: Partial<ReportRow> = {}): ReportRow => ({
    result,
    area: 'project',
    name: into,
    ...rest,
  });
  const path = { projectId: into };
  const there = await remote.find(ROUTES.getProject, { path });
  if (there !== undefined) {
    const found = recordOf(there);
    const target = side({ projectId: textOf(found['id']), isNew: false });
    const [what] = differences({ description }, found);
    if (what === undefined) return { target, row: row('same') };
    const mend = 'What is here stays as it is; change the one or the other.';
    return { target, row: row('differs', { remark: { code: 'differs', what: `${what}.`, mend } }) };
  }
  if (dryRun) return { target: side({ projectId: '', isNew: true }), row: row('would-create') };
  await remote.json(ROUTES.createProject, { body: { name: into, description } });
  const made = recordOf(await remote.json(ROUTES.getProject, { path }));
  return { target: side({ projectId: textOf(made['id']), isNew: true }), row: row('created') };
}
