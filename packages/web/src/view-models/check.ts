import type { CheckAct, CheckView, StageView } from '@signalbox/api';
import type { ActChoice } from './lock-acts.ts';
import type { Mark } from './mark.ts';
import { checkMark } from './mark.ts';

/** A check of a stage as the opened run shows it. */
export interface CheckRow {
  readonly id: string;
  readonly name: string;
  readonly mark: Mark;
  /** The sentence of the server: what is awaited, since when, until when, who can act; or how it ended. */
  readonly text: string;
  /** The number of its log, if it has one. */
  readonly log?: number;
  /** It is an approval that people are asked for. */
  readonly asks: boolean;
  /** Whether the viewer may do anything about it besides deciding it. */
  readonly canAct: boolean;
}

/** The checks of a stage in the order of evaluation. */
export function checkRows({ checks = [], approvals = [] }: StageView): readonly CheckRow[] {
  const asked = new Set(approvals.map(({ id }) => id));
  return checks.map((check) => ({
    id: check.id,
    name: check.name,
    mark: checkMark(check),
    text: check.text,
    asks: asked.has(check.id),
    canAct: check.acts.length > 0,
    ...(check.log !== undefined && { log: check.log }),
  }));
}

/** What the stage waits for now, as the server says it; the first in the order of evaluation comes first. */
export function awaitedChecks({ checks = [] }: StageView): readonly CheckView[] {
  return checks.filter(({ awaited }) => awaited);
}

const ACTS: Readonly<Record<CheckAct, ActChoice<CheckAct>>> = {
  permit: {
    act: 'permit',
    label: 'Permit the pipeline',
    explains: 'It may use the resource from now on, in this run and in later ones.',
  },
  bypass: {
    act: 'bypass',
    label: 'Bypass it',
    explains: 'The stage goes on as if the check had passed. It says who did it, and why.',
  },
  rerun: {
    act: 'rerun',
    label: 'Run it again',
    explains: 'The service is asked at once; what it says then counts.',
  },
  defer: {
    act: 'defer',
    label: 'Put it off',
    explains: 'It is not looked at before a time of your choice.',
  },
};

/** What the viewer may do about a check now, in words. */
export function checkActs({ acts }: Pick<CheckView, 'acts'>): readonly ActChoice<CheckAct>[] {
  return acts.map((act) => ACTS[act]);
}

/** What a field for a local time holds, as the server takes it; undefined: it holds none. */
export function instantOf(local: string): string | undefined {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
