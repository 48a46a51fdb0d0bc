import type { WaitNode } from '@signalbox/engine';
import type { SpanEnd } from '@signalbox/model';
import type { Explainer, RunNames } from '../explain.ts';
import { wireTime } from '../../shape/common.ts';
import { pendingCancelText } from '../../shape/pending-cancel.ts';

/** One step of a chain as a sentence. */
export async function nodeText(explain: Explainer, node: WaitNode): Promise<string> {
  switch (node.kind) {
    case 'condition':
      return (await explain.reasonsOf([node.blocker])).join(' ');
    case 'pool':
      return `A job waits for a free agent of pool ${node.pool}.`;
    case 'request':
      return `Stage ${await stageText(explain, node)} waits for its locks.`;
    case 'stage':
      return `Stage ${await stageText(explain, node)} has to end.${cancelText(node)}`;
    case 'span':
      return spanText(await explain.names.run(node.run), node.until);
    case 'job':
      return jobText(await stageText(explain, node), node);
    case 'check':
    case 'person':
      return checkText(await stageText(explain, node), node);
  }
}

/** That it was cancelled is no reason to hope that it ends sooner, if its lock protects it (Q6). */
function cancelText({ stage, cancel }: Extract<WaitNode, { kind: 'stage' }>): string {
  return cancel === undefined ? '' : ` ${pendingCancelText(stage, cancel)}`;
}

function spanText({ number, definition }: RunNames, until: SpanEnd): string {
  const end = until === 'run' ? 'is over' : `has come through ${until.join(' and ')}`;
  return `Run ${number} of ${definition} holds the lock until it ${end}.`;
}

/** The same words as the page, the timeline and the run itself have for the check. */
function checkText(stage: string, { wait }: Extract<WaitNode, { kind: 'check' | 'person' }>): string {
  if (wait === undefined) return `Somebody has to approve or start stage ${stage}.`;
  return `Stage ${stage} ${wait}.`;
}

function jobText(stage: string, { job, onServer, until }: Extract<WaitNode, { kind: 'job' }>): string {
  const where = onServer === true ? 'the server' : 'an agent';
  const pause = until === undefined ? '' : ` and waits until ${wireTime(until)}`;
  return `Job ${job} of stage ${stage} runs on ${where}${pause}.`;
}

async function stageText(
  explain: Explainer,
  { run, stage }: { readonly run: number; readonly stage: string },
): Promise<string> {
  const { number, definition, stage: asWritten } = await explain.names.run(run);
  return `${asWritten(stage)} of run ${number} of ${definition}`;
}
