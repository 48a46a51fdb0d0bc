import type { CallerNews, TellCallerEffect, WatchCallerEffect } from '../outcome.ts';
import type { ProjectId } from '@signalbox/model';
import type { Decision } from './decision.ts';
import type { InterlockingMessage } from './messages.ts';
import type { BundleRow, CallerChannel, Requester } from './rows.ts';
import { isWaiting } from './waiting.ts';

type CallerToldMessage = Extract<InterlockingMessage, { type: 'CallerTold' }>;

/** What tells a caller from outside the news at its channel; undefined for those that ask by themselves. */
export function tellCaller(
  project: ProjectId,
  { stage: request, caller }: Requester,
  news: CallerNews,
): TellCallerEffect | undefined {
  const channel = caller?.channel?.id;
  if (channel === undefined) return undefined;
  const key = `tell:${project}:${request.toLowerCase()}:${news}:${channel}`;
  return { key, kind: 'tellCaller', project, request, channel, news };
}

/** What keeps watching a caller that cannot be relied upon to give its locks back (INV-36). */
export function watchCaller(
  project: ProjectId,
  { stage: request, caller }: Requester,
): WatchCallerEffect | undefined {
  if (caller?.channel?.kind !== 'azureCheck') return undefined;
  return { key: `watch:${project}:${request.toLowerCase()}`, kind: 'watchCaller', project, request };
}

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

/** Whether the lease of the bundle has not begun: its caller is told of the grant and need not be heard of before. */
export function waitsToBeTold({ requester, ...bundle }: BundleRow): boolean {
  return requester.caller?.channel !== undefined && isWaiting({ requester, ...bundle });
}
