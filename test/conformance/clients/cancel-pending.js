// What an extension of Azure DevOps does at the end of a deployment to let only the latest run wait (CLASSIC-17): it
// cancels every older run of the same pipeline in which the same stage is still pending. Unchanged, it must work here.
import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';
import { BuildStatus, TimelineRecordState } from 'azure-devops-node-api/interfaces/BuildInterfaces.js';

const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, SYSTEM_DEFINITIONID, SYSTEM_STAGENAME, BUILD_BUILDID } =
  process.env;
const api = new WebApi(SYSTEM_COLLECTIONURI, getPersonalAccessTokenHandler(process.env['STOP_TOKEN'] ?? ''));
const builds = await api.getBuildApi();
const status = BuildStatus.InProgress;
const definitions = [Number(SYSTEM_DEFINITIONID)];
const none = undefined;
const started = await builds.getBuilds(
  SYSTEM_TEAMPROJECT,
  definitions,
  none,
  none,
  none,
  none,
  none,
  none,
  status,
);
for (const { id } of started.filter((one) => one.id < Number(BUILD_BUILDID))) {
  const { records } = await builds.getBuildTimeline(SYSTEM_TEAMPROJECT, id);
  const stage = records.find((one) => one.type === 'Stage' && one.identifier === SYSTEM_STAGENAME);
  console.log(`run ${id}: ${SYSTEM_STAGENAME} is ${TimelineRecordState[stage?.state]}`);
  if (stage?.state !== TimelineRecordState.Pending) continue;
  await builds.updateBuild({ status: BuildStatus.Cancelling }, SYSTEM_TEAMPROJECT, id);
}
