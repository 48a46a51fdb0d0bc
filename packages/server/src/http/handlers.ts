import { agentHandlers } from './agent/connect.ts';
import { artifactHandlers } from './agent/files/artifacts.ts';
import { cacheHandlers } from './agent/files/caches.ts';
import { jobResultHandlers } from './agent/files/results.ts';
import { contentHandlers } from './agent/files/contents.ts';
import { jobHandlers } from './agent/jobs.ts';
import { pollHandlers } from './agent/poll.ts';
import { taskPackageHandlers } from './agent/task-package.ts';
import type { Handlers } from './ask.ts';
import { buildArtifactHandlers } from './build/artifacts.ts';
import { authorizedResourceHandlers } from './build/authorized-resources.ts';
import { badgeHandlers } from './build/badges.ts';
import { buildHandlers } from './build/builds.ts';
import { changeHandlers } from './build/changes.ts';
import { definitionNoteHandlers } from './build/definition-notes.ts';
import { definitionHandlers } from './build/definitions.ts';
import { deleteBuildHandlers } from './build/delete-build.ts';
import { folderHandlers } from './build/folders.ts';
import { generalSettingHandlers } from './build/general-settings.ts';
import { logHandlers } from './build/logs.ts';
import { propertyHandlers } from './build/properties.ts';
import { buildUsageHandlers } from './build/resource-usage.ts';
import { retentionHandlers } from './build/retention.ts';
import { runLeaseHandlers } from './build/run-leases.ts';
import { stageHandlers } from './build/stages.ts';
import { tagHandlers } from './build/tags.ts';
import { timelineHandlers } from './build/timeline.ts';
import { connectionHandlers } from './core/connection.ts';
import { identityHandlers } from './core/identities.ts';
import { locationHandlers } from './core/locations.ts';
import { processHandlers } from './core/processes.ts';
import { projectHandlers } from './core/projects.ts';
import { teamHandlers } from './core/teams.ts';
import { poolAgentHandlers } from './distributed-task/agents.ts';
import { environmentHandlers } from './distributed-task/environments.ts';
import { machineHandlers } from './distributed-task/machines.ts';
import { planHandlers } from './distributed-task/plans.ts';
import { poolPermissionHandlers } from './distributed-task/pool-permissions.ts';
import { poolChangeHandlers } from './distributed-task/change-pool.ts';
import { poolDeletionHandlers } from './distributed-task/delete-pool.ts';
import { poolHandlers } from './distributed-task/pools.ts';
import { queueRequestHandlers } from './distributed-task/queue-requests.ts';
import { resourceUsageHandlers } from './distributed-task/resource-usage.ts';
import { taskHandlers } from './distributed-task/tasks.ts';
import { yamlSchemaHandlers } from './distributed-task/yaml-schema.ts';
import { connectionTypeHandlers } from './library/connection-types.ts';
import { serviceConnectionHandlers } from './library/connections.ts';
import { pipelinePermissionHandlers } from './library/pipeline-permissions.ts';
import { roleHandlers } from './library/roles.ts';
import { secureFileHandlers } from './library/secure-files.ts';
import { variableGroupHandlers } from './library/variable-groups.ts';
import { hookHandlers } from './notifications/hooks.ts';
import { subscriptionHandlers } from './notifications/subscriptions.ts';
import { approvalHandlers } from './pipelines/approvals.ts';
import { checkSuiteHandlers } from './pipelines/check-suites.ts';
import { checkHandlers } from './pipelines/checks-configurations.ts';
import { pipelineHandlers } from './pipelines/pipelines.ts';
import { resourceLockHandlers } from './pipelines/resource-locks.ts';
import { pipelineRunHandlers } from './pipelines/runs.ts';
import { attachmentHandlers } from './results/attachments.ts';
import { runResultHandlers } from './results/run-results.ts';
import { testHandlers } from './results/test-runs.ts';
import { auditHandlers } from './signalbox/audit.ts';
import { azureCheckHandlers } from './signalbox/azure-check.ts';
import { azureGateHandlers } from './signalbox/azure-gates.ts';
import { calendarHandlers } from './signalbox/calendars.ts';
import { feedHandlers } from './signalbox/feed.ts';
import { forecastHandlers } from './signalbox/forecast/handlers.ts';
import { forceCancelHandlers } from './signalbox/force-cancel.ts';
import { groupHandlers } from './signalbox/groups.ts';
import { healthHandlers } from './signalbox/health.ts';
import { leaseHandlers } from './signalbox/leases.ts';
import { lockLineHandlers } from './signalbox/lock-lines.ts';
import { lockHandlers } from './signalbox/locks.ts';
import { meHandlers } from './signalbox/me.ts';
import { openApiHandlers } from './signalbox/open-api.ts';
import { operatorHandlers } from './signalbox/operate-lock.ts';
import { repositoryHandlers } from './signalbox/repositories.ts';
import { userHandlers } from './signalbox/users.ts';
import { givenRoleHandlers } from './signalbox/given-roles.ts';
import { runViewHandlers } from './signalbox/runs.ts';
import { logSearchHandlers } from './signalbox/search-logs.ts';
import { secretHandlers } from './signalbox/secrets.ts';
import { startHandlers } from './signalbox/start.ts';
import { pushHookHandlers } from './triggers/push-hooks.ts';
import { triggerHandlers } from './triggers/triggers.ts';
import { oidcSignInHandlers } from './signalbox/oidc-sign-in.ts';
import { signInHandlers } from './signalbox/sign-in.ts';
import { tokenHandlers } from './signalbox/tokens.ts';

/** The handler of every route in the table; one that is missing does not compile. */
export const HANDLERS: Handlers = {
  ...locationHandlers,
  ...connectionHandlers,
  ...projectHandlers,
  ...teamHandlers,
  ...processHandlers,
  ...identityHandlers,
  ...definitionHandlers,
  ...buildHandlers,
  ...buildArtifactHandlers,
  ...deleteBuildHandlers,
  ...runLeaseHandlers,
  ...retentionHandlers,
  ...definitionNoteHandlers,
  ...propertyHandlers,
  ...folderHandlers,
  ...generalSettingHandlers,
  ...authorizedResourceHandlers,
  ...badgeHandlers,
  ...changeHandlers,
  ...buildUsageHandlers,
  ...timelineHandlers,
  ...logHandlers,
  ...stageHandlers,
  ...tagHandlers,
  ...pipelineHandlers,
  ...pipelineRunHandlers,
  ...checkHandlers,
  ...checkSuiteHandlers,
  ...approvalHandlers,
  ...resourceLockHandlers,
  ...environmentHandlers,
  ...machineHandlers,
  ...serviceConnectionHandlers,
  ...connectionTypeHandlers,
  ...variableGroupHandlers,
  ...pipelinePermissionHandlers,
  ...roleHandlers,
  ...planHandlers,
  ...poolHandlers,
  ...poolChangeHandlers,
  ...poolDeletionHandlers,
  ...poolAgentHandlers,
  ...poolPermissionHandlers,
  ...queueRequestHandlers,
  ...resourceUsageHandlers,
  ...yamlSchemaHandlers,
  ...healthHandlers,
  ...groupHandlers,
  ...userHandlers,
  ...givenRoleHandlers,
  ...calendarHandlers,
  ...oidcSignInHandlers,
  ...signInHandlers,
  ...meHandlers,
  ...openApiHandlers,
  ...tokenHandlers,
  ...repositoryHandlers,
  ...triggerHandlers,
  ...pushHookHandlers,
  ...runViewHandlers,
  ...startHandlers,
  ...logSearchHandlers,
  ...attachmentHandlers,
  ...runResultHandlers,
  ...testHandlers,
  ...jobResultHandlers,
  ...lockHandlers,
  ...lockLineHandlers,
  ...leaseHandlers,
  ...azureGateHandlers,
  ...azureCheckHandlers,
  ...operatorHandlers,
  ...forceCancelHandlers,
  ...forecastHandlers,
  ...subscriptionHandlers,
  ...hookHandlers,
  ...auditHandlers,
  ...feedHandlers,
  ...agentHandlers,
  ...pollHandlers,
  ...jobHandlers,
  ...taskHandlers,
  ...taskPackageHandlers,
  ...secureFileHandlers,
  ...contentHandlers,
  ...artifactHandlers,
  ...secretHandlers,
  ...cacheHandlers,
};
