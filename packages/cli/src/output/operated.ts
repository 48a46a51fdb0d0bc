import type { LockRequestView, OperatedRequests } from '@signalbox/api';
import type { Context } from '../context.ts';
import { marks } from './lock-picture.ts';
import { print } from './print.ts';

/** Says what became of the requests of a stage: a paragraph for each of its locks, or the whole answer as JSON. */
export function printRequests(context: Context, { changed, requests }: OperatedRequests): void {
  const { terminal } = context;
  if (!changed) terminal.err('Nothing changed: it was so before.\n');
  if (context.format() === 'json')
    return terminal.out(`${JSON.stringify({ changed, requests }, undefined, 2)}\n`);
  if (context.format() === 'table') return terminal.out(requests.map(paragraph).join(''));
  print<LockRequestView>(terminal, 'tsv', {
    rows: requests,
    columns: [
      { title: 'LOCK', text: ({ resourceName }) => resourceName },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'PLACE', text: ({ position }) => String(position ?? 0) },
      { title: 'RUN', text: ({ runId }) => String(runId) },
      { title: 'STAGE', text: ({ nodeName }) => nodeName },
      { title: 'TOKEN', text: ({ token }) => String(token ?? '') },
    ],
    empty: '',
  });
}

function paragraph(request: LockRequestView): string {
  const { runId, nodeName, resourceName } = request;
  const lines = [`${nodeName} of run ${runId} ${state(request)} ${resourceName}.`];
  lines.push(...marks(request).map((mark) => `  ${mark}`));
  lines.push(...request.reasons.map((reason) => `  ${reason}`));
  return `${lines.join('\n')}\n`;
}

function state({ status, position, token }: LockRequestView): string {
  switch (status) {
    case 'queued':
    case 'waitingOnChecks':
      return position === undefined ? 'waits for' : `is number ${position} at`;
    case 'inUse':
      return `holds${token === undefined ? '' : `, with token ${token},`}`;
    case 'finished':
    case 'timedOut':
    case 'canceled':
    case 'abandoned':
      return `is ${status} at`;
  }
}
