import { agentClient, type AgentClient } from './agent.ts';
import { approvalsClient, type ApprovalsClient } from './approvals.ts';
import { artifactsClient, type ArtifactsClient } from './artifacts.ts';
import { auditClient, type AuditClient } from './audit.ts';
import { buildsClient, type BuildsClient } from './builds.ts';
import { calendarsClient, type CalendarsClient } from './calendars.ts';
import { checksClient, type ChecksClient } from './checks.ts';
import { definitionsClient, type DefinitionsClient } from './definitions.ts';
import { feedClient, type FeedClient } from './feed.ts';
import { forecastClient, type ForecastClient } from './forecast.ts';
import { gatesClient, type GatesClient } from './gates.ts';
import { identityClient, type IdentityClient } from './identity.ts';
import { leasesClient, type LeasesClient } from './leases.ts';
import { libraryClient, type LibraryClient } from './library.ts';
import { locksClient, type LocksClient } from './locks.ts';
import { notificationsClient, type NotificationsClient } from './notifications.ts';
import { operatorsClient, type OperatorsClient } from './operators.ts';
import { poolsClient, type PoolsClient } from './pools.ts';
import { projectsClient, type ProjectsClient } from './projects.ts';
import { resultsClient, type ResultsClient } from './results.ts';
import { secretsClient, type SecretsClient } from './secrets.ts';
import { settingsClient, type SettingsClient } from './settings.ts';
import { startClient, type StartClient } from './start.ts';
import { tasksClient, type TasksClient } from './tasks.ts';
import { triggersClient, type TriggersClient } from './triggers.ts';
import { createTransport, type ClientOptions } from './transport.ts';

/** Everything that the command line, the agent and the web ask of a server. */
export interface Client
  extends
    ProjectsClient,
    DefinitionsClient,
    BuildsClient,
    ArtifactsClient,
    ApprovalsClient,
    CalendarsClient,
    IdentityClient,
    ChecksClient,
    LibraryClient,
    LocksClient,
    LeasesClient,
    GatesClient,
    NotificationsClient,
    OperatorsClient,
    PoolsClient,
    TasksClient,
    FeedClient,
    ResultsClient,
    SecretsClient,
    SettingsClient,
    StartClient,
    AuditClient,
    TriggersClient,
    ForecastClient {
  readonly agent: AgentClient;
}

/** A client of one organisation. Every refusal, and every silence, is an `ApiError`. */
export function createClient(options: ClientOptions): Client {
  const transport = createTransport(options);
  return {
    ...projectsClient(transport),
    ...tasksClient(transport),
    ...secretsClient(transport),
    ...definitionsClient(transport),
    ...buildsClient(transport),
    ...artifactsClient(transport),
    ...approvalsClient(transport),
    ...calendarsClient(transport),
    ...identityClient(transport),
    ...checksClient(transport),
    ...libraryClient(transport),
    ...locksClient(transport),
    ...leasesClient(transport),
    ...gatesClient(transport),
    ...notificationsClient(transport),
    ...operatorsClient(transport),
    ...auditClient(transport),
    ...forecastClient(transport),
    ...poolsClient(transport),
    ...settingsClient(transport),
    ...startClient(transport),
    ...feedClient(transport),
    ...resultsClient(transport),
    ...triggersClient(transport),
    agent: agentClient(transport),
  };
}
