import type { DefinitionId, Instant, ProjectId, RunId } from '@signalbox/model';
import type { Handled, RunAnswer, RunChange, RunNeed, WorkingCopy } from '../aggregate.ts';
import { changedApprovals } from '../check/approval-row.ts';
import { resourceKey } from '../interlocking/keys.ts';
import { NOTHING, type Outcome } from '../outcome.ts';
import type { Machine } from './choose-machines.ts';
import { decideRun, type Decision } from './decide.ts';
import type { RunEvent } from './events.ts';
import type { RunMessage } from './messages.ts';
import { viewPlan, type PlanView } from './plan-view.ts';
import type { RunState } from './state.ts';
import type { Protection } from './turn.ts';

/** A run inside one unit of work. It needs its own row, and the checks of resources whose checkpoint begins. */
export function createRun(id: RunId): WorkingCopy<RunMessage, RunEvent, RunNeed, RunAnswer, RunChange> {
  let answered = false;
  let loaded: { readonly first: RunState; state: RunState; readonly view: PlanView } | undefined;
  const checks = new Map<string, Protection>();
  const machines = new Map<string, readonly Machine[]>();
  let changed = false;
  return {
    handle(message: RunMessage, now: Instant): Handled<RunEvent, RunNeed> {
      if (!answered) return { kind: 'needs', needs: [{ need: 'run' }] };
      if (loaded === undefined) return decided(toNobody(id, message));
      const { project, definition } = loaded.state;
      const decision = decideRun(loaded.state, loaded.view, { message, now, checks, machines });
      const needs = needsOf(decision, { project, definition: definition.id });
      if (needs.length > 0) return { kind: 'needs', needs };
      loaded.state = decision.state;
      changed ||= decision.outcome.events.length > 0;
      return decided(decision.outcome);
    },
    supply(answers: readonly RunAnswer[]): void {
      for (const answer of answers) {
        if ('checks' in answer) {
          const { checks: known, forbidden = false, gone = false } = answer;
          checks.set(resourceKey(answer.of.resource), { checks: known, forbidden, gone });
        } else if ('machines' in answer) machines.set(answer.of.environment, answer.machines);
        // A later answer is older than what this copy has decided since.
        else if (!answered) {
          answered = true;
          const { state, plan } = answer;
          if (state !== undefined && plan !== undefined)
            loaded = { first: state, state, view: viewPlan(plan) };
        }
      }
    },
    changes(): readonly RunChange[] {
      if (!changed || loaded === undefined) return [];
      const { first, state } = loaded;
      const approvals = changedApprovals(first, state).map((row) => ({ table: 'approval', row }) as const);
      return [{ table: 'run', row: state }, ...approvals, ...changedNumber(first, state)];
    },
  };
}

/** Stores find runs by their number (RNAME-8). */
function changedNumber(first: RunState, { id, number }: RunState): readonly RunChange[] {
  return first.number === number ? [] : [{ table: 'number', row: { id, number } }];
}

/** What a decision lacks; it does not stand without that. */
function needsOf(
  { lacking, lackingMachines }: Decision,
  of: { readonly project: ProjectId; readonly definition: DefinitionId },
): readonly RunNeed[] {
  const { project } = of;
  return [
    ...lacking.map((resource) => ({ need: 'checks', ...of, resource }) as const),
    ...lackingMachines.map((environment) => ({ need: 'machines', project, environment }) as const),
  ];
}

function decided(outcome: Outcome<RunEvent>): Handled<RunEvent, RunNeed> {
  return { kind: 'decided', outcome, births: [] };
}

const COMMANDS: readonly RunMessage['type'][] = [
  'Cancel',
  'CancelStage',
  'ForceCancel',
  'Retry',
  'StartStage',
  'JobReported',
  'ActOnCheck',
  'OperateCheck',
  'CheckAnswered',
];

/** A command to a run that does not exist is refused; other mail to it means nothing. */
function toNobody(id: RunId, { type }: RunMessage): Outcome<never> {
  if (!COMMANDS.includes(type)) return NOTHING;
  const refusal = { code: 'run-not-found', message: `There is no run ${id}.` };
  return { ...NOTHING, reply: { ok: false, refusal } };
}
