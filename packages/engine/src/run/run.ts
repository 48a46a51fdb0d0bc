import type { Instant, RunId } from '@signalbox/model';
import type { Handled, RunAnswer, RunChange, RunNeed, WorkingCopy } from '../aggregate.ts';
import { NOTHING, type Outcome } from '../outcome.ts';
import { decideRun } from './decide.ts';
import type { RunEvent } from './events.ts';
import type { RunMessage } from './messages.ts';
import { viewPlan, type PlanView } from './plan-view.ts';
import type { RunState } from './state.ts';

/** A run inside one unit of work. Its only need is its own row. */
export function createRun(id: RunId): WorkingCopy<RunMessage, RunEvent, RunNeed, RunAnswer, RunChange> {
  let answered = false;
  let loaded: { state: RunState; readonly view: PlanView } | undefined;
  let changed = false;
  return {
    handle(message: RunMessage, now: Instant): Handled<RunEvent, RunNeed> {
      if (!answered) return { kind: 'needs', needs: [{ need: 'run' }] };
      if (loaded === undefined) return decided(toNobody(id, message));
      const { outcome, state } = decideRun(loaded.state, loaded.view, message, now);
      loaded.state = state;
      changed ||= outcome.events.length > 0;
      return decided(outcome);
    },
    supply(answers: readonly RunAnswer[]): void {
      for (const { state, plan } of answers) {
        // A later answer is older than what this copy has decided since.
        if (answered) continue;
        answered = true;
        if (state !== undefined && plan !== undefined) loaded = { state, view: viewPlan(plan) };
      }
    },
    changes(): readonly RunChange[] {
      return changed && loaded !== undefined ? [{ table: 'run', row: loaded.state }] : [];
    },
  };
}

function decided(outcome: Outcome<RunEvent>): Handled<RunEvent, RunNeed> {
  return { kind: 'decided', outcome, births: [] };
}

const COMMANDS: readonly RunMessage['type'][] = ['Cancel', 'CancelStage', 'ForceCancel', 'JobReported'];

/** A command to a run that does not exist is refused; other mail to it means nothing. */
function toNobody(id: RunId, { type }: RunMessage): Outcome<never> {
  if (!COMMANDS.includes(type)) return NOTHING;
  const refusal = { code: 'run-not-found', message: `There is no run ${id}.` };
  return { ...NOTHING, reply: { ok: false, refusal } };
}
