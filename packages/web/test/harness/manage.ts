import type {
  DeliveryView,
  TokenView,
  TriggerView,
  WireAgent,
  WireConnection,
  WireConnectionType,
  WireJobRequest,
  WirePool,
  WireVariableGroup,
} from '@signalbox/api';
import { person } from './approvals.ts';
import type { Clock } from './stages.ts';

/** An answer to a page of settings. */
export interface ManageAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What was asked, in which scene. */
export interface ManageQuestion {
  readonly scene: string;
  readonly method: string;
  readonly path: string;
  readonly clock: Clock;
}

type Sample = (clock: Clock) => unknown;

/** The answers about machines, the library, people, notifications, triggers, audit and settings. */
export function manageAnswer({ scene, method, path, clock }: ManageQuestion): ManageAnswer | undefined {
  // That scene has answers of its own about permissions.
  if (scene === 'places') return undefined;
  if (method !== 'GET') return change(method, path, clock);
  const known = Object.entries(SAMPLES).find(([pattern]) => fits(pattern, path));
  if (known === undefined) return undefined;
  if (scene === 'broken') return { status: 500, body: { message: 'The database is away.' } };
  if (scene === 'reader' && /audit|notifications|tokens/.test(path)) return { status: 403, body: FORBIDDEN };
  // Somebody else was there since the page was opened.
  if (scene === 'odd' && path === 'distributedtask/variablegroups')
    return { status: 200, body: list([OTHERS]) };
  const body = known[1](clock);
  return { status: 200, body: scene === 'empty' && isList(body) ? list([]) : body };
}

const FORBIDDEN = { message: 'The role reader may not do this.', typeKey: 'AccessDeniedException' };
const SECRET = 'sbx_7f3b0f1c9a5d4e2b8c6a1d0e9f8b7c6a';

function change(method: string, path: string, clock: Clock): ManageAnswer | undefined {
  const key = `${method} ${path}`;
  if (key === 'POST signalbox/tokens')
    return { status: 200, body: { ...token(9, 'my laptop', clock), secret: SECRET } };
  if (key === 'PUT distributedtask/variablegroups/4') return { status: 200, body: vault() };
  if (key === 'DELETE distributedtask/variablegroups/4') return { status: 409, body: IN_USE };
  if (key === 'POST signalbox/pushhooks') return { status: 200, body: { ...hook(), secret: SECRET } };
  if (path.startsWith('distributedtask/pools/1/agents/')) return { status: 200, body: agents(clock)[0] };
  if (path.startsWith('signalbox/notifications/')) return { status: 200, body: delivery(9, clock) };
  return path.startsWith('pipelines/pipelinePermissions/')
    ? { status: 200, body: permissions(clock) }
    : undefined;
}

const IN_USE = {
  message: 'The variable group vault is used by the check “change number” of production.',
  typeKey: 'VariableGroupInUseException',
};

const SAMPLES: Readonly<Record<string, Sample>> = {
  'distributedtask/pools': () => list([pool(1, 'Linux'), { ...pool(2, 'Windows builds'), parallelJobs: 2 }]),
  'distributedtask/pools/1/agents': (clock) => list(agents(clock)),
  'distributedtask/pools/1/jobrequests': (clock) => list(jobs(clock)),
  'distributedtask/pools/2/agents': () => list([]),
  'distributedtask/pools/2/jobrequests': () => list([]),
  'distributedtask/variablegroups': () => list([vault()]),
  'serviceendpoint/endpoints': () => list([connection()]),
  'serviceendpoint/types': () => list([CONNECTION_TYPE]),
  'distributedtask/securefiles': (clock) => list([file(clock)]),
  'pipelines/pipelinePermissions/*': (clock) => permissions(clock),
  'signalbox/tokens': (clock) => list(tokens(clock)),
  'signalbox/groups': () => list(GROUPS),
  'signalbox/environmentroles': () => list([{ kind: 'group', name: 'ops', role: 'Administrator' }]),
  'signalbox/notifications': (clock) => list([subscription(clock)]),
  'signalbox/notifications/*': (clock) => list([delivery(2, clock), failedDelivery(clock)]),
  'signalbox/triggers': (clock) => list([trigger(clock)]),
  'signalbox/triggers/*': (clock) => list(occasions(clock)),
  'signalbox/pushhooks': () => list([hook()]),
  'signalbox/audit/locks/replay': () => ({ facts: 3, decisions: 2, taken: 0 }),
  'signalbox/audit/locks': (clock) => list(journal(clock)),
  'projects/Demo': () => ({ id: 'a', name: 'Demo', description: 'The shop.' }),
  'build/generalsettings': () => ({ disableImpliedYAMLCiTrigger: false, statusBadgesArePrivate: true }),
  'build/retention': () => ({
    purgeArtifacts: bounded(36_500),
    purgePullRequestRuns: bounded(10),
    purgeRuns: bounded(30),
    retainRunsPerProtectedBranch: { min: 0, max: 50, value: 3 },
  }),
  'signalbox/calendars': () => list([{ name: 'holidays', dates: [{ from: '12-24', to: '01-02' }] }]),
};

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

function bounded(value: number): unknown {
  return { min: 1, max: 36_500, value };
}

function pool(id: number, name: string): WirePool {
  return {
    id,
    name,
    size: 3,
    isHosted: false,
    poolType: 'automation',
    createdOn: '2026-11-01T08:00:00Z',
    isLegacy: false,
    scope: 'a',
    autoProvision: true,
    autoUpdate: true,
    options: 'none',
  };
}

function agents(clock: Clock): readonly WireAgent[] {
  const common = {
    version: '0.1.0',
    maxParallelism: 1,
    provisioningState: 'Provisioned',
    osDescription: 'Debian 13',
    systemCapabilities: { 'Agent.OS': 'Linux', node: '/usr/bin/node', docker: '' },
  } as const;
  const assignedRequest = {
    requestId: 7,
    assignTime: clock.at(40),
    jobName: 'Build',
    owner: { id: 45, name: '20261122.45' },
  };
  return [
    { ...common, id: 1, name: 'build-1', enabled: true, status: 'online', assignedRequest },
    {
      ...common,
      id: 2,
      name: 'build-2',
      enabled: true,
      status: 'online',
      userCapabilities: { sqlpackage: '', region: 'eu' },
    },
    { ...common, id: 3, name: 'build-3', enabled: false, status: 'offline' },
  ];
}

function jobs(clock: Clock): readonly WireJobRequest[] {
  const common = { poolId: 1, planType: 'Build' } as const;
  return [
    {
      ...common,
      requestId: 7,
      queueTime: clock.at(60),
      assignTime: clock.at(40),
      jobId: 'j1',
      jobName: 'Build',
      demands: [],
      owner: { id: 45, name: '20261122.45' },
      state: 'assigned',
    },
    {
      ...common,
      requestId: 8,
      queueTime: clock.at(90),
      jobId: 'j2',
      jobName: 'Publish the schema',
      demands: ['sqlpackage'],
      owner: { id: 46, name: '20261122.46' },
      state: 'waiting',
      waitingFor: 'No agent of Linux that is online has sqlpackage; nearest: build-2 is disabled.',
    },
  ];
}

function vault(): WireVariableGroup {
  return {
    id: 4,
    name: 'vault',
    description: 'What the deployment needs',
    type: 'Vsts',
    variables: { region: { value: 'eu-west' }, password: { value: null, isSecret: true } },
    isShared: false,
    createdBy: person('Grace Hopper'),
    createdOn: '2026-11-01T08:00:00Z',
    modifiedBy: person('Grace Hopper'),
    modifiedOn: '2026-11-19T10:00:00Z',
    variableGroupProjectReferences: [],
  };
}

const OTHERS = {
  ...vault(),
  modifiedBy: person('Katherine Johnson'),
  modifiedOn: '2026-11-22T09:00:00Z',
};

function connection(): WireConnection {
  return {
    id: 'c1',
    name: 'registry',
    description: 'Where images go',
    type: 'generic',
    url: 'https://registry.example.org/',
    authorization: { scheme: 'UsernamePassword', parameters: { username: 'deploy', password: null } },
    data: {},
    isShared: false,
    isReady: true,
    owner: 'library',
    createdBy: person('Grace Hopper'),
    serviceEndpointProjectReferences: [],
  };
}

function input(id: string, name: string, isConfidential: boolean): unknown {
  return { id, name, inputMode: isConfidential ? 'passwordBox' : 'textBox', isConfidential };
}

const CONNECTION_TYPE = {
  name: 'generic',
  displayName: 'Generic',
  authenticationSchemes: [
    { scheme: 'None', inputDescriptors: [] },
    {
      scheme: 'UsernamePassword',
      inputDescriptors: [input('username', 'User name', false), input('password', 'Password', true)],
    },
    { scheme: 'Token', inputDescriptors: [input('apitoken', 'Token', true)] },
  ],
} as unknown as WireConnectionType;

function file(clock: Clock): unknown {
  const createdOn = clock.at(86_400 * 12);
  return { id: 'f1', name: 'signing.pfx', size: 2612, createdBy: person('Grace Hopper'), createdOn };
}

function permissions(clock: Clock): unknown {
  const by = { authorized: true, authorizedBy: person('Grace Hopper'), authorizedOn: clock.at(7200) };
  return {
    resource: { type: 'variablegroup', id: '4', name: 'vault' },
    allPipelines: { ...by, authorized: false },
    pipelines: [{ ...by, id: 1 }],
  };
}

function token(id: number, name: string, clock: Clock): TokenView {
  return {
    id,
    name,
    role: 'personal',
    user: 'Ada Lovelace',
    scopes: ['vso.build', 'signalbox.approvals'],
    createdOn: clock.at(3600),
    expiresOn: clock.at(-86_400 * 80),
  };
}

function tokens(clock: Clock): readonly TokenView[] {
  return [
    { ...token(1, 'scripts', clock), lastUsedOn: clock.at(120), expiresOn: clock.at(-86_400 * 3) },
    { ...token(2, 'old laptop', clock), revokedOn: clock.at(60) },
    { id: 3, name: 'agents of Linux', role: 'agent', pool: 'Linux', createdOn: clock.at(86_400) },
  ];
}

const GROUPS = [
  { name: 'ops', description: 'Who deploys', members: ['Ada Lovelace', 'Grace Hopper'], groups: [] },
  { name: 'editors', description: '', members: [], groups: ['ops'] },
];

function delivery(id: number, clock: Clock): DeliveryView {
  return {
    id,
    deliveryId: `d-${id}`,
    event: 'run.completed',
    title: 'Run 20261122.44 of shop-web failed.',
    state: 'delivered',
    attempts: 1,
    createdDate: clock.at(300),
    endedDate: clock.at(299),
    result: 'The receiver answered 200.',
  };
}

function failedDelivery(clock: Clock): DeliveryView {
  const result = 'The receiver answered 503.';
  return { ...delivery(1, clock), event: 'approval.pending', state: 'failed', attempts: 5, result };
}

function subscription(clock: Clock): unknown {
  return {
    id: 's1',
    name: 'The channel of the team',
    events: ['run.completed', 'approval.pending'],
    filter: { pipelines: ['shop-web'] },
    target: { kind: 'slack', shown: 'https://hooks.example.org/…' },
    state: 'enabled',
    omitted: 0,
    last: delivery(2, clock),
    createdBy: 'Grace Hopper',
    createdDate: clock.at(86_400),
    modifiedBy: 'Grace Hopper',
    modifiedDate: clock.at(86_400),
  };
}

function trigger(clock: Clock): TriggerView {
  return {
    pipeline: { id: 1 as TriggerView['pipeline']['id'], name: 'shop-web' },
    queueStatus: 'enabled',
    automatic: true,
    timeZone: 'Europe/Berlin',
    pollPullRequests: false,
    repository: { url: 'https://git.example.org/shop/web', lookedAt: clock.at(20) },
    schedules: [
      { branch: 'refs/heads/main', cron: '0 3 * * *', displayName: 'Nightly', next: clock.at(-20_000) },
    ],
    last: occasion(3, clock),
  };
}

function occasion(id: number, clock: Clock): NonNullable<TriggerView['last']> {
  return {
    id,
    kind: 'push',
    what: 'push of 1a2b3c4d to main',
    at: clock.at(200),
    result: 'queued',
    why: '',
    run: 45 as NonNullable<NonNullable<TriggerView['last']>['run']>,
  };
}

function occasions(clock: Clock): readonly unknown[] {
  const { run: _run, ...quiet } = occasion(2, clock);
  const why = 'Its `trigger.paths` leave out everything that was changed: docs/readme.md.';
  return [
    occasion(3, clock),
    { ...quiet, what: 'push of 9f8e7d6c to docs', at: clock.at(4000), result: 'ignored', why },
  ];
}

function hook(): { readonly id: string; readonly repository: string; readonly url: string } {
  const url = 'http://localhost:8080/default/_apis/signalbox/pushhooks/h1';
  return { id: 'h1', repository: 'https://git.example.org/shop/web', url };
}

function journal(clock: Clock): readonly unknown[] {
  return [
    {
      version: 1,
      at: clock.at(900),
      event: { type: 'requested', bundle: 45 },
      cause: { type: 'acquire', run: 45 },
    },
    { version: 2, at: clock.at(900), event: { type: 'granted', bundle: 45, token: 9 } },
    {
      version: 3,
      at: clock.at(300),
      event: { type: 'released', bundle: 45 },
      cause: { type: 'end', run: 45, by: 'Ada Lovelace' },
    },
  ];
}

function list(value: readonly unknown[]): unknown {
  return { count: value.length, value };
}

function isList(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'value' in body && 'count' in body;
}
