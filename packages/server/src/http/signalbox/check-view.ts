import type { CheckView } from '@signalbox/api';
import {
  checkName,
  checkSentence,
  isAwaited,
  possibleOperations,
  type CheckRun,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import { CHECK_CATEGORIES, type CheckCategory, type Instant } from '@signalbox/model';
import { checkLogNumber } from '../../checks/check-log.ts';
import { approvalGuid } from '../pipelines/approval-id.ts';
import { wireTime } from '../shape/common.ts';
import type { CheckPowers } from './check-powers.ts';

const ORDER: readonly CheckCategory[] = [...CHECK_CATEGORIES, 'inJob', 'postDeployment'];

/** The checks of a stage attempt in the order of evaluation, with what the reader may do about each. */
export function checkViews(run: RunState, stage: StageState, powers: CheckPowers): readonly CheckView[] {
  const checks = stage.checkpoint?.checks ?? [];
  const place = run.stages.indexOf(stage);
  return checks
    .toSorted((a, b) => ORDER.indexOf(a.category) - ORDER.indexOf(b.category))
    .map((check) => checkView({ run, stage, place }, check, powers));
}

interface CheckHome {
  readonly run: RunState;
  readonly stage: StageState;
  /** The stage's place in its run, from 0. */
  readonly place: number;
}

function checkView({ run, stage, place }: CheckHome, check: CheckRun, powers: CheckPowers): CheckView {
  const { attempt } = stage;
  const { number, category, status, configuration, progress } = check;
  const { settings, resource } = configuration;
  const key = { run: run.id, stage: place, attempt };
  return {
    id: approvalGuid({ ...key, check: number }),
    ...(category !== 'inJob' && { suite: approvalGuid({ ...key, check: 0 }) }),
    name: checkName(check),
    kind: settings.kind,
    category,
    status,
    awaited: isAwaited(stage, check),
    resource: { type: resource.type, id: resource.id, name: resource.name },
    text: checkSentence(run, stage, check),
    ...timeField('since', check.startedAt),
    ...timeField('until', check.dueAt),
    ...timeField('validUntil', check.validUntil),
    ...timeField('deferredUntil', check.deferredUntil),
    ...timeField('finishTime', check.endedAt),
    ...(progress?.kind === 'invoke' && {
      log: checkLogNumber({ ...key, check: number }, run.stages.length),
    }),
    acts: actsOn(stage, check, powers),
  };
}

function actsOn(stage: StageState, check: CheckRun, powers: CheckPowers): CheckView['acts'] {
  const { bypass, permit } = powers.of(check.configuration.resource);
  if (check.configuration.settings.kind === 'authorization') {
    return permit && isAwaited(stage, check) ? ['permit'] : [];
  }
  return possibleOperations(stage, check).filter((what) => (what === 'bypass' ? bypass : powers.operate));
}

function timeField<N extends string>(name: N, at: Instant | undefined): Partial<Record<N, string>> {
  return at === undefined ? {} : ({ [name]: wireTime(at) } as Partial<Record<N, string>>);
}
