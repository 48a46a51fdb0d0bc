import { ROUTES } from '@signalbox/api';
import type { Area } from './area.ts';
import { approverArea } from './areas/approvers.ts';
import { checkArea } from './areas/checks.ts';
import { connectionArea } from './areas/connections.ts';
import { environmentArea } from './areas/environments.ts';
import { folderArea } from './areas/folders.ts';
import { permissionArea } from './areas/permissions.ts';
import { pipelineArea } from './areas/pipelines.ts';
import { queueArea } from './areas/queues.ts';
import { repositoryArea } from './areas/repositories.ts';
import { secureFileArea } from './areas/secure-files.ts';
import { settingArea } from './areas/settings.ts';
import { variableGroupArea } from './areas/variable-groups.ts';
import { importArea } from './import-area.ts';
import type { ImportOptions } from './import-options.ts';
import { listOf, recordOf, textOf } from './json.ts';
import { openTarget } from './open-target.ts';
import type { Remote } from './remote.ts';
import { RemoteProblem } from './remote-problem.ts';
import type { ReportRow } from './report.ts';
import { createSide } from './side.ts';

/** An area comes after those whose things it names. */
const ORDER: readonly Area[] = [
  settingArea,
  queueArea,
  connectionArea,
  variableGroupArea,
  secureFileArea,
  environmentArea,
  repositoryArea,
  folderArea,
  pipelineArea,
  checkArea,
  approverArea,
  permissionArea,
];

/**
 * Makes at the target what the project has at the source and the target has not. Nothing is deleted and nothing that
 * is there is changed, so it may be done again, or go on after it was broken off. A side that is silent ends it, with a
 * `RemoteProblem`; so does a project that cannot be read.
 */
export async function importProject(options: ImportOptions): Promise<readonly ReportRow[]> {
  const { source: remote, onArea } = options;
  const found = recordOf(await remote.json(ROUTES.getProject, { path: { projectId: options.project } }));
  const name = textOf(found['name']);
  if (name === '') throw new RemoteProblem('not-understood', 'The answer is not a project.');
  const isSignalbox = await isSignalboxServer(remote);
  const source = createSide({
    remote,
    project: name,
    projectId: textOf(found['id']),
    isNew: false,
    isSignalbox,
  });
  const { target, row } = await openTarget(options, textOf(found['description']));
  onArea('project', [row]);
  const report: ReportRow[] = [row];
  for (const area of ORDER) {
    const rows = await importArea(area, { source, target, dryRun: options.dryRun });
    onArea(area.name, rows);
    report.push(...rows);
  }
  return report;
}

/** Only a Signalbox has an area of this name. */
async function isSignalboxServer(remote: Remote): Promise<boolean> {
  try {
    const area = recordOf(await remote.json(ROUTES.discoverArea, { path: { area: 'signalbox' } }));
    return listOf(area['value']).length > 0;
  } catch (error) {
    if (error instanceof RemoteProblem && error.code !== 'silent') return false;
    throw error;
  }
}
