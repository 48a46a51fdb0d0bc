import type { SpanReach } from '@signalbox/engine';
import type { SpanEnd } from '@signalbox/model';
import type { Act } from './check-acts.ts';
import type { OneRun } from './one-run.ts';

const SPAN = '(?:through ([^\\s,]+)|for the (run))';

/** What the interlocking tells a run about spans: `A is asked what it reaches through C`, `A is granted prod#1 for the run`. */
export const SPAN_ACTS: readonly (readonly [RegExp, Act])[] = [
  [new RegExp(`^(\\S+) is asked what it reaches ${SPAN}(, before its approval)?$`), askReach],
  [new RegExp(`^(\\S+) is granted (.+) ${SPAN}$`), grantSpan],
  [
    /^(\S+) finds (\S+) outside the span of (\S+)$/,
    (run, [stage = '', lock = '', by = '']) =>
      void run.tell({
        type: 'LocksLost',
        stage,
        attempt: run.stage(stage).attempt,
        why: { kind: 'lockOutsideSpan', lock, by },
      }),
  ],
];

function askReach(run: OneRun, [stage = '', through = '', , before = '']: readonly string[]): void {
  const approvals = before === '' ? {} : { approvals: 'pending' as const };
  const attempt = run.stage(stage).attempt;
  run.tell({ type: 'SpanWanted', stage, attempt, until: spanEnd(through), ...approvals });
}

function grantSpan(run: OneRun, [stage = '', locks = '', through = '']: readonly string[]): void {
  const tokens = locks.split(', ').map((one, index) => {
    const [lockName = '', token = '1'] = one.split('#');
    return { lock: index + 1, lockName, token: Number(token) };
  });
  const attempt = run.stage(stage).attempt;
  run.tell({ type: 'LocksGranted', stage, attempt, tokens, span: spanEnd(through) });
}

function spanEnd(through: string): SpanEnd {
  return through === '' ? 'run' : through.split('+');
}

/** A reach in a story's words: `through C, reaches B prod db and C prod`; `without a span`: nothing of it is to come. */
export function reachWords({ until, stages }: SpanReach): string {
  const end = until === 'run' ? 'for the run' : `through ${until.join('+')}`;
  const reached = stages.map(({ stage, resources }) => [stage, ...resources.map(({ id }) => id)].join(' '));
  const span = until.length === 0 ? 'without a span' : end;
  return [span, ...(reached.length === 0 ? [] : [`reaches ${reached.join(' and ')}`])].join(', ');
}
