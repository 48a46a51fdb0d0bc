import { MINUTE } from './case.ts';
import { resourceOf, type Cast } from './cast.ts';
import type { Verb } from './verb.ts';

const ANN = { by: 'ann', reason: 'because' };

/** What operators do: `r2 is moved before r1` · `prod is frozen until 30 except refs/heads/hotfix/*`. */
export const operatorVerbs = {
  'is put on hold': (cast, subject, rest) => ({
    type: 'HoldRequest',
    ...upon(cast, subject),
    reason: rest.startsWith('silently') ? ' ' : ANN.reason,
  }),
  'is let go': (cast, subject) => ({ type: 'UnholdRequest', ...upon(cast, subject) }),
  'is moved'(cast, subject, rest) {
    const [, first = '', other = ''] = /^(\S+) ?(.*)$/.exec(rest) ?? [];
    const side = first === 'before' ? 'before' : 'after';
    return { type: 'MoveRequest', ...upon(cast, subject), place: { side, of: cast.bundleId(other) } };
  },
  'is withdrawn by hand': (cast, subject) => ({ type: 'WithdrawRequest', ...upon(cast, subject) }),
  'is acknowledged': (cast, subject) => ({ type: 'AcknowledgeFailure', ...upon(cast, subject) }),
  'is released by force': (cast, subject) => ({ type: 'ForceRelease', ...upon(cast, subject) }),
  'is forced': (cast, subject) => ({ type: 'ForceGrant', ...upon(cast, subject) }),
  'is frozen'(cast, subject, rest) {
    const [, until] = /until (\d+)/.exec(rest) ?? [];
    const [, except = ''] = /except (.*)$/.exec(rest) ?? [];
    const exempt = except.split(/, */).filter((pattern) => pattern !== '');
    const end = until === undefined ? {} : { until: Number(until) * MINUTE };
    return { type: 'FreezeLock', lock: cast.lockId(subject), ...end, exempt, ...ANN };
  },
  'is deleted'(_, subject) {
    const { type, id } = resourceOf(subject);
    return { type: 'DeleteLock', resource: { type, id }, by: ANN.by };
  },
  'is thawed': (cast, subject) => ({ type: 'UnfreezeLock', lock: cast.lockId(subject), ...ANN }),
} as const satisfies Record<string, Verb>;

function upon(cast: Cast, subject: string): { bundle: number; by: string; reason: string } {
  return { bundle: cast.bundleId(subject), ...ANN };
}
