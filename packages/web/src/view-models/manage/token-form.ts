import type { NewToken, TokenView } from '@signalbox/api';
import { FULL_ACCESS } from '@signalbox/api';
import type { Mark } from '../mark.ts';
import type { Moment } from '../time.ts';
import { ago, moment, roughly } from '../time.ts';

/** What each scope lets a token do, in the order of the form. */
export const SCOPE_WORDS: Readonly<Record<string, string>> = {
  'vso.profile': 'say who you are',
  'vso.project': 'list projects and runs',
  'vso.project_manage': 'make projects and change them',
  'vso.build': 'read pipelines, runs and logs',
  'vso.build_execute': 'queue and change runs, edit pipelines',
  'vso.agentpools': 'read pools and agents',
  'vso.agentpools_manage': 'look after pools and agents',
  'vso.environment_manage': 'change environments and who may use what',
  'signalbox.approvals': 'decide approvals',
  'signalbox.library': 'change variable groups, connections and secure files',
  'signalbox.locks': 'take locks, hold and withdraw requests',
  'signalbox.locks_manage': 'change locks and their lines, read the audit',
  'signalbox.metrics': 'read the metrics',
};

/** The form of a new personal token. */
export interface TokenForm {
  readonly name: string;
  /** Empty: whatever the user may. */
  readonly scopes: readonly string[];
  readonly limited: boolean;
  /** 1 to 365. */
  readonly days: string;
}

/** An empty form: what a token may is chosen, not given. */
export const NEW_TOKEN: TokenForm = { name: '', scopes: [], limited: true, days: '90' };

/** What is wrong with the form in one sentence; undefined: nothing. */
export function tokenProblem({ limited, scopes }: TokenForm): string | undefined {
  return limited && scopes.length === 0 ? 'Choose what the token may do.' : undefined;
}

/** The form as the server takes it. */
export function tokenOrder({ name, limited, scopes, days }: TokenForm): NewToken {
  return { name: name.trim(), scopes: limited ? scopes : [FULL_ACCESS], expiresInDays: Number(days) };
}

/** The form with a scope, or without it. */
export function withScope(form: TokenForm, scope: string, wanted: boolean): TokenForm {
  const others = form.scopes.filter((one) => one !== scope);
  return { ...form, scopes: wanted ? [...others, scope] : others };
}

/** A token as the page lists it. */
export interface TokenLine {
  readonly id: number;
  readonly name: string;
  readonly mark: Mark;
  /** Whose it is; empty: of a program. */
  readonly user: string;
  /** What it may, in words. */
  readonly may: readonly string[];
  /** Absent: it was never used. */
  readonly used?: Moment;
  readonly made: Moment;
  /** Absent: it does not end by itself. */
  readonly ends?: Moment;
  /** It works, and can be ended. */
  readonly live: boolean;
}

/** The tokens, those that work first, each newest first. */
export function tokenLines(tokens: readonly TokenView[], now: number): readonly TokenLine[] {
  return tokens
    .toSorted((left, right) => right.id - left.id)
    .map((token) => tokenLine(token, now))
    .toSorted((left, right) => Number(right.live) - Number(left.live));
}

function tokenLine(token: TokenView, now: number): TokenLine {
  const { id, name, user = '', lastUsedOn, createdOn, expiresOn } = token;
  const mark = tokenMark(token, now);
  return {
    id,
    name,
    user,
    mark,
    may: mayDo(token),
    live: mark.icon === 'succeeded' || mark.icon === 'issues',
    made: moment(ago(createdOn, now), createdOn),
    ...(lastUsedOn !== undefined && { used: moment(ago(lastUsedOn, now), lastUsedOn) }),
    ...(expiresOn !== undefined && { ends: moment(endsIn(expiresOn, now), expiresOn) }),
  };
}

const WEEK = 7 * 86_400_000;

function tokenMark({ revokedOn, expiresOn }: TokenView, now: number): Mark {
  if (revokedOn !== undefined) return { icon: 'canceled', tone: 'quiet', label: 'revoked' };
  const left = expiresOn === undefined ? Infinity : Date.parse(expiresOn) - now;
  if (left <= 0) return { icon: 'skipped', tone: 'quiet', label: 'expired' };
  if (left < WEEK) return { icon: 'issues', tone: 'warn', label: 'ends soon' };
  return { icon: 'succeeded', tone: 'good', label: 'works' };
}

function endsIn(time: string, now: number): string {
  const left = Date.parse(time) - now;
  return left <= 0 ? ago(time, now) : `in ${roughly(left)}`;
}

function mayDo({ scopes, role, pool, project }: TokenView): readonly string[] {
  if (role === 'agent') return [pool === undefined ? 'serve machines' : `serve the pool ${pool}`];
  const within = project === undefined ? [] : [`only in ${project}`];
  if (scopes === undefined) return [`all that the role ${role} may`, ...within];
  if (scopes.includes(FULL_ACCESS)) return ['all that its user may', ...within];
  return [...scopes, ...within];
}
