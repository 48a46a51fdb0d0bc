import { approverText, minuteText, zonedText, type InvokeSettings, type InvokeTask } from '@signalbox/model';
import type { ApprovalProgress, ApprovalStep } from './approval-state.ts';
import type { BusinessHoursProgress } from './business-hours.ts';
import { invoke, type InvokeProgress } from './invoke.ts';
import { kindOf, type CheckRun } from './check-run.ts';
import { clause, listed } from './sentence.ts';

/** What a check that has not passed says of itself, in clauses that follow `waits`. */
export interface WaitWords {
  /** `for approval of prod by ann`. */
  readonly what: string;
  /** What is known of it beyond that, a clause each: what a service said last, when it is asked next. */
  readonly known: readonly string[];
  /** When time alone will let it pass, in words; absent: nobody can say. */
  readonly until?: string;
}

/** What a check waits for that has begun. `pipeline`: the name of the pipeline. */
export function waitWords(check: CheckRun, pipeline: string): WaitWords {
  const { progress, configuration } = check;
  const { settings, resource } = configuration;
  const of = `of ${resource.name}`;
  switch (progress?.kind) {
    case 'approval':
      return approvalWords(check, progress);
    case 'authorization':
      return { what: `until somebody permits pipeline ${pipeline} to use ${resource.name},`, known: [] };
    case 'businessHours':
      return hoursWords(`for ${named('business hours', settings)} ${of}`, progress);
    case 'invoke':
      return settings.kind === 'invoke'
        ? serviceWords(`for ${named(SERVICES[settings.task], settings)} ${of}`, settings, {
            progress,
            deferred: check.status === 'deferred',
          })
        : { what: `for ${of}`, known: [] };
    case 'branchControl':
    case 'evaluateArtifact':
    case 'requiredTemplate':
    case undefined:
      return { what: `for ${kindOf(check).name(settings)} ${of}`, known: [] };
  }
}

const SERVICES: Readonly<Record<InvokeTask, string>> = {
  restApi: 'REST check',
  azureFunction: 'Azure Function check',
  azureMonitor: 'Azure Monitor check',
  serviceNow: 'ServiceNow check',
};

function named(kind: string, settings: object): string {
  const name = 'displayName' in settings ? String(settings.displayName) : '';
  return name === '' ? kind : `${kind} '${name}'`;
}

/** Whose approval is missing: everybody's, or some of those who are asked; then those whose turn comes later. */
function approvalWords({ configuration }: CheckRun, { steps }: ApprovalProgress): WaitWords {
  const { settings, resource } = configuration;
  const what = `for approval of ${resource.name}`;
  const asked = steps.filter(({ status }) => status === 'pending').map(nameOf);
  if (settings.kind !== 'approval' || asked.length === 0) return givenWords(what, steps);
  const needed = settings.minRequiredApprovers === 0 ? steps.length : settings.minRequiredApprovers;
  const given = steps.filter(({ status }) => status === 'approved' || status === 'deferred').length;
  const missing = needed - given;
  if (missing < asked.length) {
    const of = missing <= 1 ? '' : `${missing} of `;
    return { what: `${what} by ${of}${listed(asked, 'or')}`, known: [] };
  }
  const later = steps.filter(({ status }) => status === 'uninitiated').map(nameOf);
  const after = later.length === 0 ? [] : [`after that by ${listed(later, 'and')}`];
  return { what: `${what} by ${listed(asked, 'and')}`, known: after };
}

/** Nobody is awaited any more: the approval is given, and counts later (APPR-8). */
function givenWords(what: string, steps: readonly ApprovalStep[]): WaitWords {
  const times = steps.flatMap(({ status, deferredTo }) =>
    status === 'deferred' && deferredTo !== undefined ? [deferredTo] : [],
  );
  if (times.length === 0) return { what, known: [] };
  return { what, known: ['when the approval that is given counts'], until: minuteText(Math.max(...times)) };
}

function nameOf({ assigned }: ApprovalStep): string {
  return assigned.kind === 'anyone' ? 'anyone who may queue the pipeline' : approverText(assigned);
}

function hoursWords(what: string, { zone, opensAt }: BusinessHoursProgress): WaitWords {
  if (zone === undefined) return { what, known: ['whose time zone this server does not know any more'] };
  if (opensAt === undefined) return { what, known: ['which do not open within two years'] };
  return { what, known: [], until: zonedText(zone, opensAt) };
}

function serviceWords(
  what: string,
  settings: InvokeSettings,
  { progress, deferred }: { readonly progress: InvokeProgress; readonly deferred: boolean },
): WaitWords {
  const { evaluation, state, invokedAt, message = '' } = progress;
  const said = message === '' ? '' : `: ${clause(message)}`;
  const next = deferred ? undefined : invoke.wakeAt({ settings, progress });
  const ask = `evaluation ${evaluation}`;
  const known: Readonly<Record<InvokeProgress['state'], string>> = {
    called: `${ask} is under way since ${minuteText(invokedAt)}`,
    accepted: `${ask} was accepted at ${minuteText(invokedAt)} and its callback is awaited${said}`,
    passed: `${ask} passed, but counts no more`,
    failed: `${ask} failed${said}`,
  };
  return {
    what,
    known: [known[state], ...(next === undefined ? [] : [`the next is at ${minuteText(next)}`])],
  };
}
