import type { Shape } from '../shapes/shape.ts';

/** Who is calling: what a token or a session stands for (RELIABILITY §1.3). */
export type Role =
  | 'administrator'
  | 'contributor'
  /** Reads, and decides the approvals that name him. */
  | 'approver'
  /** Reads, and looks after pools, agents and the tokens of agents. */
  | 'agentManager'
  | 'reader'
  /** Somebody who is signed in and has no role at the place. */
  | 'member'
  | 'agent'
  | 'job'
  /** A service that a check of ours asked, with the token that came with the request. */
  | 'check'
  /** A check of another system that waits for locks. */
  | 'gate'
  | 'anonymous';

/** What a route needs. Every route names one; a route without one cannot be written (TH6). */
export type Permission =
  /** Nothing: liveness, the sign-in form. */
  | 'public'
  /** To be somebody: discovery, "who am I". */
  | 'discover'
  /** Runs and their timelines; a job sees those of its own project. */
  | 'readRuns'
  /** Logs; a job sees those of its own run. */
  | 'readLogs'
  | 'read'
  | 'queueRuns'
  /** To keep runs from being deleted; a job keeps its own. */
  | 'keepRuns'
  /** To delete runs with their logs and artifacts. */
  | 'deleteRuns'
  | 'editDefinitions'
  | 'editEnvironments'
  /** Service connections and variable groups: they hold secrets, and deleting one takes its checks away (TH1). */
  | 'manageLibrary'
  /** To act on a protected resource as those may who administer it; which ones those are, its roles say (ENV-3). */
  | 'administerResources'
  /** Checks and lock policies belong to the resource, not to pipeline authors (TH1). */
  | 'manageLocks'
  /** To keep a waiting stage from its turn, and to let go: less than to cancel it, which whoever queues runs may. */
  | 'holdRequests'
  /** To end the waiting of a stage: the same as to cancel it. */
  | 'withdrawRequests'
  /** To give a waiting stage another place: a jump of the queue (INV-09). */
  | 'moveRequests'
  /** To grant past holds, freezes, order and checks (INV-09). */
  | 'forceGrants'
  /** To take locks from a holder whose processes may still act (INV-09). */
  | 'forceReleases'
  /** To end a run without its clean-up, past the protection of a lock (U8, INV-21). */
  | 'forceCancels'
  /** To free what the policy of a lock keeps after a failure. */
  | 'acknowledgeFailures'
  /** To close a lock for everybody, and to open it again. */
  | 'freezeLocks'
  /** To decide approvals: who may decide which one, its list of approvers says. Never a job or an agent (INV-31). */
  | 'decideApprovals'
  /** To bypass a check, run it again or put it off; who may bypass, the roles at its resource say (CHK-50). */
  | 'operateChecks'
  /** To hold locks from outside of runs; a job has those of its stage. */
  | 'leaseLocks'
  /** To ask for locks on behalf of a stage of another system; a gate has its own token for it. */
  | 'askGates'
  /** To have things told outside: addresses, secrets, and what anybody did. */
  | 'manageNotifications'
  /** To answer for a check and to write its log: a service does for the one check run that asked it (HOOK-8). */
  | 'answerChecks'
  /** Who asked what of the locks, for ever back; deciding it again costs time. */
  | 'readAudit'
  | 'managePools'
  | 'manageProjects'
  /** Users, groups, and the tokens of others. */
  | 'manageTokens'
  /** To change the keys that secrets are sealed by. */
  | 'manageSecrets'
  /** To say who has which role, in a project or in the organisation. */
  | 'manageRoles'
  /** To make tokens that may no more than oneself, to see them and to end them. */
  | 'ownTokens'
  | 'readMetrics'
  /** To work as an agent; an agent token serves its own pool only. */
  | 'serve';

/** The roles that people and services are given, the strongest first. They add up. */
export const HUMAN_ROLES = ['administrator', 'contributor', 'agentManager', 'approver', 'reader'] as const;

/** One of them. */
export type HumanRole = (typeof HUMAN_ROLES)[number];

const PEOPLE: readonly Role[] = HUMAN_ROLES;
const SIGNED_IN: readonly Role[] = [...PEOPLE, 'member'];
const WRITERS: readonly Role[] = ['administrator', 'contributor'];
const ADMINISTRATOR: readonly Role[] = ['administrator'];

/** Which roles a permission is given to; a role that is not named here is refused. */
export const PERMITTED: Readonly<Record<Permission, readonly Role[]>> = {
  public: [...SIGNED_IN, 'agent', 'job', 'check', 'gate', 'anonymous'],
  discover: [...SIGNED_IN, 'agent', 'job', 'check'],
  readRuns: [...PEOPLE, 'job', 'check'],
  readLogs: [...PEOPLE, 'job'],
  read: PEOPLE,
  queueRuns: WRITERS,
  keepRuns: [...WRITERS, 'job'],
  deleteRuns: ADMINISTRATOR,
  editDefinitions: WRITERS,
  editEnvironments: WRITERS,
  manageLibrary: ADMINISTRATOR,
  administerResources: WRITERS,
  manageLocks: ADMINISTRATOR,
  holdRequests: WRITERS,
  withdrawRequests: WRITERS,
  moveRequests: ADMINISTRATOR,
  forceGrants: ADMINISTRATOR,
  forceReleases: ADMINISTRATOR,
  forceCancels: ADMINISTRATOR,
  acknowledgeFailures: ADMINISTRATOR,
  freezeLocks: ADMINISTRATOR,
  decideApprovals: [...WRITERS, 'approver'],
  operateChecks: WRITERS,
  leaseLocks: [...WRITERS, 'gate'],
  askGates: ['gate'],
  answerChecks: [...ADMINISTRATOR, 'check'],
  manageNotifications: ADMINISTRATOR,
  readAudit: ADMINISTRATOR,
  managePools: [...ADMINISTRATOR, 'agentManager'],
  manageProjects: ADMINISTRATOR,
  manageTokens: ADMINISTRATOR,
  manageSecrets: ADMINISTRATOR,
  manageRoles: ADMINISTRATOR,
  ownTokens: SIGNED_IN,
  readMetrics: PEOPLE,
  serve: ['agent'],
};

/** Methods of the routes. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/**
 * One route. `path` has `:name` for a parameter and starts below its scope: the server's root, the organisation,
 * a project of it, or `either` of the last two.
 */
export interface Route {
  readonly method: Method;
  readonly scope: 'root' | 'organization' | 'project' | 'either';
  readonly path: string;
  /** Other spellings of the same path that clients use. */
  readonly also?: readonly string[];
  readonly permission: Permission;
  /**
   * `text`: its body is text as it is, not JSON. `signed`: JSON as it came, because its bytes are signed. `content`:
   * bytes that are read while they arrive.
   */
  readonly body?: 'text' | 'signed' | 'content';
  readonly summary: string;
}

/** A route whose shape the compiler knows. Nothing has the property: it is there for types alone. */
export interface RouteOf<S extends Shape> extends Route {
  readonly shape?: S;
}

/** The full path patterns of a route, `:organization` and `:project` included. */
export function patternsOf(route: Route): readonly string[] {
  return [route.path, ...(route.also ?? [])].flatMap((path) => {
    switch (route.scope) {
      case 'root':
        return [path];
      case 'organization':
        return [`/:organization${path}`];
      case 'project':
        return [`/:organization/:project${path}`];
      case 'either':
        return [`/:organization${path}`, `/:organization/:project${path}`];
    }
  });
}
