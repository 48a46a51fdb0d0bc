import type { ProjectId } from '@signalbox/model';
import type { TellCallerEffect, WatchCallerEffect } from '../outcome.ts';
import type { BundleRow, CallerNews, Requester } from './rows.ts';
import { isWaiting } from './waiting.ts';

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

/** Whether the lease of the bundle has not begun: its caller is told of the grant and need not be heard of before. */
export function waitsToBeTold({ requester, ...bundle }: BundleRow): boolean {
  return requester.caller?.channel !== undefined && isWaiting({ requester, ...bundle });
}
