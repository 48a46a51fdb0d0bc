import type { Filter, PullRequestTrigger, PushTrigger } from '@signalbox/model';
import type { DefinitionRow } from '@signalbox/store';

/** What a definition says of triggers in its own `triggers`, as Azure's clients send it (TRIG-12, TRIG-23). */
export interface Overrides {
  /** In place of the file's `trigger`; absent: the file decides. */
  readonly push?: PushTrigger;
  /** In place of the file's `pr`. */
  readonly pullRequest?: PullRequestTrigger;
  /** Whether pull requests of forks start runs; by default none does. */
  readonly forks: boolean;
}

/** Azure's word for "the settings of the pipeline, and not its file". */
const FROM_DEFINITION = 1;
const KINDS: ReadonlyMap<unknown, 'push' | 'pullRequest'> = new Map<unknown, 'push' | 'pullRequest'>([
  [2, 'push'],
  ['continuousIntegration', 'push'],
  [64, 'pullRequest'],
  ['pullRequest', 'pullRequest'],
]);

/** Reads them; what is written in another way counts as not written. */
export function overridesOf({ extra }: Pick<DefinitionRow, 'extra'>): Overrides {
  const written = Array.isArray(extra['triggers']) ? extra['triggers'] : [];
  let overrides: Overrides = { forks: false };
  for (const one of written as readonly unknown[]) {
    if (typeof one !== 'object' || one === null) continue;
    const trigger = one as Readonly<Record<string, unknown>>;
    const kind = KINDS.get(trigger['triggerType']);
    const isOwn = trigger['settingsSourceType'] === FROM_DEFINITION;
    if (kind === 'pullRequest') overrides = { ...overrides, forks: runsForks(trigger['forks']) };
    if (kind === 'push' && isOwn) overrides = { ...overrides, push: pushTrigger(trigger) };
    if (kind === 'pullRequest' && isOwn)
      overrides = { ...overrides, pullRequest: pullRequestTrigger(trigger) };
  }
  return overrides;
}

function runsForks(forks: unknown): boolean {
  return typeof forks === 'object' && forks !== null && 'enabled' in forks && isTrue(forks.enabled);
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function pushTrigger(trigger: Readonly<Record<string, unknown>>): PushTrigger {
  return { kind: 'on', batch: isTrue(trigger['batchChanges']), ...filtersOf(trigger) };
}

function pullRequestTrigger(trigger: Readonly<Record<string, unknown>>): PullRequestTrigger {
  const autoCancel = trigger['autoCancel'] === undefined || isTrue(trigger['autoCancel']);
  return { kind: 'on', autoCancel, drafts: true, ...filtersOf(trigger) };
}

function filtersOf({ branchFilters, pathFilters }: Readonly<Record<string, unknown>>): {
  readonly branches?: Filter;
  readonly paths?: Filter;
} {
  const [branches, paths] = [signed(branchFilters), signed(pathFilters)];
  return { ...(branches !== undefined && { branches }), ...(paths !== undefined && { paths }) };
}

/** `+refs/heads/main` includes, `-docs` excludes. */
function signed(filters: unknown): Filter | undefined {
  if (!Array.isArray(filters)) return undefined;
  const texts = (filters as readonly unknown[]).filter((one) => typeof one === 'string');
  if (texts.length === 0) return undefined;
  const of = (sign: string): string[] =>
    texts.filter((one) => one.startsWith(sign)).map((one) => one.slice(1));
  return { include: of('+'), exclude: of('-') };
}
