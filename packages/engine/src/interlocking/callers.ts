import { tellCaller } from './caller-news.ts';
import type { Decision } from './decision.ts';
import type { InterlockingMessage } from './messages.ts';
import type { BundleRow, CallerChannel } from './rows.ts';

type CallerToldMessage = Extract<InterlockingMessage, { type: 'CallerTold' }>;

/** A caller asked again and is to be told at another place from now on, at once if there is something to tell. */
export function moveCaller(d: Decision, bundle: BundleRow, channel: CallerChannel | undefined): void {
  if (channel === undefined || channel.id === bundle.requester.caller?.channel?.id) return;
  d.record({ type: 'CallerMoved', bundle: bundle.id, at: d.now, channel });
  const moved = d.current(bundle.id);
  if (moved?.status === 'inUse') d.effect(tellCaller(d.project, moved.requester, 'granted'));
}

/** What came of telling a caller. Late and repeated answers, and those about an old channel, change nothing. */
export function callerTold(d: Decision, message: CallerToldMessage): void {
  const bundle = d.read.bundleOf(0, message.request, 1);
  if (!bundle || bundle.requester.caller?.channel?.id !== message.channel) return;
  const { news, ok, message: text } = message;
  if (bundle.told?.news === news && bundle.told.ok) return;
  d.record({ type: 'CallerTold', bundle: bundle.id, at: d.now, news, ok, message: text });
}
