import type { LockRequestView, SpanView } from '@signalbox/api';
import type { BundleRow } from '@signalbox/engine';
import type { ProjectRow, Store } from '@signalbox/store';

/** Where a span is looked at. */
export interface SpanPlace {
  readonly store: Store;
  readonly project: ProjectRow;
}

/** The span for which a request asks or that its run holds; without one, nothing. */
export async function spanPart(place: SpanPlace, bundle: BundleRow): Promise<Pick<LockRequestView, 'span'>> {
  const span = await spanView(place, bundle);
  return span === undefined ? {} : { span };
}

/** A span with the stages of its run that are inside, and those that wait there (LOCK-65). */
export async function spanView(
  { store, project }: SpanPlace,
  bundle: BundleRow,
): Promise<SpanView | undefined> {
  const { span, status, requester } = bundle;
  if (span === undefined) return undefined;
  const about = { until: span.until, over: span.over === true };
  if (status !== 'inUse') return { ...about, inside: [], waiting: [] };
  const [open] = await store.locks.answer(project.id, [{ need: 'openOf', run: requester.run }]);
  const members = open?.bundles?.filter(({ inside }) => inside?.span === bundle.id) ?? [];
  const present = members.filter((one) => one.status === 'inUse');
  return {
    ...about,
    inside: [...(span.left === true ? [] : [bundle]), ...present].map(stageText),
    waiting: members.filter((one) => one.status !== 'inUse').map(stageText),
  };
}

function stageText({ requester: { stage, attempt } }: BundleRow): string {
  return attempt > 1 ? `${stage} (attempt ${attempt})` : stage;
}
