import { checkVariables, type Variable } from '@signalbox/engine';
import type { VariableLookup } from '@signalbox/expressions';
import { fold, type Guid } from '@signalbox/model';
import type { VariableGroupRow } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';
import { jobIdOf, taskIdOf, type FoundCheck } from './check-place.ts';

/** What is known of a call besides the run. */
export interface CallFacts {
  /** The address of this server with its organisation, and a slash at the end. */
  readonly collectionUri: string;
  readonly projectId: Guid;
  readonly evaluation: number;
  readonly accessToken: string;
  readonly group: VariableGroupRow | undefined;
}

/** Values by name, and those among them that no text of ours may show. */
export interface CallVariables {
  readonly lookup: VariableLookup;
  readonly secrets: readonly string[];
}

/**
 * What the macros of a check's inputs stand for (HOOK-10). Predefined variables win over those of the linked group,
 * and these over the pipeline's: whoever protects the resource chose the group, and a file must not replace it (TH1).
 */
export function callVariables(found: FoundCheck, facts: CallFacts, sealer: Sealer): CallVariables {
  const { run, plan, stage } = found;
  const known = checkVariables(run, plan, stage.name) ?? [];
  const ordered: readonly Pick<Variable, 'name' | 'value' | 'secret'>[] = [
    ...known.filter((one) => !isPredefined(one.name)),
    ...Object.entries(facts.group?.variables ?? {}).map(([name, one]) => ({ name, ...one })),
    ...known.filter((one) => isPredefined(one.name)),
    ...ownVariables(found, facts),
  ];
  const values = new Map<string, string>();
  const secrets = new Set<string>();
  for (const { name, value, secret } of ordered) {
    const clear = secret ? sealer.open(value) : value;
    values.set(fold(name), clear);
    if (secret && clear !== '') secrets.add(clear);
  }
  return { lookup: (name) => values.get(fold(name)), secrets: [...secrets] };
}

/** Names of the system have two or three parts; outputs have four, and may begin with one of these words, too. */
function isPredefined(name: string): boolean {
  return /^(?:agent|build|system|pipeline|environment|checks)\.[^.]+(?:\.[^.]+)?$/i.test(name);
}

/** For checks, job and task are the check run and its evaluation, and the hub is that of checks (HOOK-2). */
function ownVariables(
  { place, check }: FoundCheck,
  { collectionUri, projectId, evaluation, accessToken }: CallFacts,
): readonly Pick<Variable, 'name' | 'value' | 'secret'>[] {
  const { resource } = check.configuration;
  const values = {
    'System.CollectionUri': collectionUri,
    'System.TeamFoundationCollectionUri': collectionUri,
    'System.TeamProjectId': projectId,
    'System.HostType': 'checks',
    'System.JobId': jobIdOf(place),
    'System.TaskInstanceId': taskIdOf(place, evaluation),
    ...(resource.type === 'environment' && {
      'Environment.Id': resource.id,
      'Environment.Name': resource.name,
    }),
  };
  const plain = Object.entries(values).map(([name, value]) => ({ name, value, secret: false }));
  return [...plain, { name: 'System.AccessToken', value: accessToken, secret: true }];
}
