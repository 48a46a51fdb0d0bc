import { describeResult, type OutboundRequest, type OutboundResult } from '../outbound/outbound.ts';
import { mask } from './mask.ts';

/** Characters of an answer that a log shows: enough to see what the criteria saw. */
const SHOWN = 2000;

/** What is about to be sent, for the check's log: no query, no header and no body, which hold what is secret. */
export function requestLine(
  { method, url }: OutboundRequest,
  evaluation: number,
  secrets: readonly string[],
): string {
  const [address = ''] = url.split('?');
  return mask(`Evaluation ${evaluation}: ${method} ${address}${url === address ? '' : '?…'}`, secrets);
}

/** What was answered, for the check's log. */
export function answerLines(result: OutboundResult, secrets: readonly string[]): readonly string[] {
  const said = mask(describeResult(result), secrets);
  const body = result.kind === 'answered' ? shown(mask(result.body, secrets)) : '';
  return body === '' ? [said] : [said, ...body.split('\n')];
}

function shown(body: string): string {
  const cut = body.length > SHOWN ? `${body.slice(0, SHOWN)} …(cut)` : body;
  return cut
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]|\p{Surrogate}/gu, '\uFFFD')
    .trim();
}
