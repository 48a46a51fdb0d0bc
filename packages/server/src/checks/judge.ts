import { evaluate, fromData, NULL, parse, toBoolean, type Value } from '@signalbox/expressions';
import { describeResult, type OutboundResult } from '../outbound/outbound.ts';

/** What an answer comes to, in one sentence for the log and the stage. */
export interface Judgement {
  readonly passed: boolean;
  readonly message: string;
}

/** Any 2xx whose criteria are true; without criteria any 2xx (HOOK-3). Whatever goes wrong is no pass. */
export function judge(result: OutboundResult, criteria: string | undefined): Judgement {
  const said = describeResult(result);
  if (!isAccepted(result)) return { passed: false, message: said };
  if (criteria === undefined) return { passed: true, message: said };
  const parsed = parse(criteria, 'checkCriteria');
  if (!parsed.ok) {
    const why = parsed.errors[0]?.message ?? 'they are no expression';
    return { passed: false, message: `${said} The success criteria cannot be read: ${why}.` };
  }
  const evaluated = evaluate(parsed.tree, { values: new Map([['root', rootOf(result.body)]]) });
  if (!evaluated.ok)
    return {
      passed: false,
      message: `${said} The success criteria cannot be evaluated: ${evaluated.error.message}.`,
    };
  const passed = toBoolean(evaluated.value);
  return { passed, message: `${said} The success criteria are ${passed ? 'true' : 'false'}.` };
}

/** A delivery that was taken: any 2xx (HOOK-5, HOOK-7). */
export function isAccepted(result: OutboundResult): result is OutboundResult & { readonly kind: 'answered' } {
  return result.kind === 'answered' && result.status >= 200 && result.status <= 299;
}

/** A body that is no JSON, or is nested too deeply, is null (HOOK-9). */
function rootOf(body: string): Value {
  try {
    // A byte-order mark is no JSON, but some servers send one.
    return fromData(JSON.parse(body.replace(/^\uFEFF/, ''))) ?? NULL;
  } catch {
    return NULL;
  }
}
