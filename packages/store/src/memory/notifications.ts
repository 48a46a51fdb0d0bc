import type { Instant } from '@signalbox/model';
import { decodePlace, pageLimit, pageOf } from '../cursor.ts';
import { MAX_WAITING } from '../limits.ts';
import type {
  Deliveries,
  DeliveryReport,
  DeliveryRow,
  NewDelivery,
  SubscriptionRow,
  Subscriptions,
} from '../port/notifications.ts';
import { missing, Rows } from './rows.ts';

/** Subscriptions and their deliveries in memory. */
export function notifications(clock: () => Instant): {
  readonly subscriptions: Subscriptions;
  readonly deliveries: Deliveries;
} {
  const desk = new Desk(clock);
  return { subscriptions: subscriptions(desk), deliveries: deliveries(desk) };
}

class Desk {
  readonly subscriptions = new Rows<SubscriptionRow>();
  readonly deliveries = new Rows<DeliveryRow>();
  readonly clock: () => Instant;
  cursor: string | undefined;

  constructor(clock: () => Instant) {
    this.clock = clock;
  }

  /** Those that are not over, by when they are due. */
  open(subscription?: number): readonly DeliveryRow[] {
    return this.deliveries
      .all()
      .filter((row) => row.endedAt === undefined)
      .filter((row) => subscription === undefined || row.subscription === subscription)
      .sort((a, b) => a.due - b.due || a.id - b.id);
  }

  add({ guid, subscription, event, body }: NewDelivery): DeliveryRow {
    const now = this.clock();
    const times = { due: now, since: now, createdAt: now };
    return this.deliveries.add({
      guid,
      subscription,
      event,
      body,
      state: 'waiting',
      attempts: 0,
      ...times,
    });
  }

  end(row: DeliveryRow, state: 'delivered' | 'failed', result: string): void {
    const now = this.clock();
    this.deliveries.replace({ ...row, state, result, due: now, endedAt: now });
  }

  failWaiting(subscription: number, result: string): void {
    for (const row of this.open(subscription)) if (row.state === 'waiting') this.end(row, 'failed', result);
  }

  /** Whether a replica has a delivery of it in its hands. */
  isBusy(subscription: number): boolean {
    const now = this.clock();
    return this.open(subscription).some((row) => row.state === 'sending' && row.due > now);
  }

  keep(made: NewDelivery): void {
    const row = this.subscriptions.get(made.subscription);
    if (row === undefined) return;
    if (this.open(row.id).length >= MAX_WAITING) {
      this.subscriptions.replace({ ...row, omitted: row.omitted + 1 });
      return;
    }
    const known = this.deliveries.find((one) => one.subscription === row.id && one.guid === made.guid);
    if (known === undefined) this.add(made);
  }
}

function subscriptions(desk: Desk): Subscriptions {
  const { clock, subscriptions: rows } = desk;
  return {
    async create(project, { guid, settings, enabled, by }) {
      const now = clock();
      const times = { createdAt: now, modifiedAt: now, activeFrom: now };
      const state = enabled ? 'enabled' : 'disabled';
      const who = { createdBy: by, modifiedBy: by };
      return rows.add({ guid, project, settings, state, version: 1, omitted: 0, ...who, ...times });
    },
    find: async (guid) => rows.find((row) => row.guid === guid),
    list: async (project) => rows.all().filter((row) => project === undefined || row.project === project),
    async update(id, { settings, enabled, by }) {
      const row = rows.get(id);
      if (row === undefined) throw missing(`subscription ${id}`);
      if (!enabled) desk.failWaiting(id, 'The subscription was disabled.');
      const { reason: _, ...before } = row;
      const { failingSince: __, ...fresh } = { ...before, activeFrom: clock(), omitted: 0 };
      return rows.replace({
        ...(enabled && row.state !== 'enabled' ? fresh : before),
        settings,
        state: enabled ? 'enabled' : 'disabled',
        version: row.version + 1,
        modifiedBy: by,
        modifiedAt: clock(),
      });
    },
    async disable(id, reason) {
      const row = rows.get(id);
      if (row?.state !== 'enabled') return;
      rows.replace({ ...row, state: 'disabledBySystem', reason });
      desk.failWaiting(id, reason);
    },
    async remove(id) {
      for (const one of desk.deliveries.all()) if (one.subscription === id) desk.deliveries.remove(one.id);
      return rows.remove(id);
    },
  };
}

function deliveries(desk: Desk): Deliveries {
  const { clock, deliveries: rows } = desk;
  const get = (subscription: number, id: number): DeliveryRow | undefined => {
    const row = rows.get(id);
    return row?.subscription === subscription ? row : undefined;
  };
  return {
    cursor: async () => desk.cursor,
    async advance({ from, to, deliveries: made }) {
      if (desk.cursor !== from) return false;
      desk.cursor = to;
      for (const one of made) desk.keep(one);
      return true;
    },
    add: async (delivery) => desk.add(delivery),
    take: async (options) => take(desk, options),
    report: async (id, report) => note(desk, id, report),
    async nextDue() {
      const next = desk.open().find((row) => row.state === 'sending' || !desk.isBusy(row.subscription));
      return next?.due;
    },
    async list(subscription, { state, after, ...options } = {}) {
      const before = after === undefined ? Infinity : Number(decodePlace(after, ['number'])[0]);
      const found = rows
        .all()
        .filter((row) => row.subscription === subscription && row.id < before)
        .filter((row) => state === undefined || row.state === state)
        .reverse();
      return pageOf(found, pageLimit(options), { item: (row) => row, place: ({ id }) => [id] });
    },
    get: async (subscription, id) => get(subscription, id),
    async redeliver(subscription, id) {
      const row = get(subscription, id);
      if (row?.endedAt === undefined) return undefined;
      const { endedAt: _, ...again } = row;
      return rows.replace({ ...again, state: 'waiting', attempts: 0, due: clock(), since: clock() });
    },
    async prune({ endedBefore, limit }) {
      const old = rows.all().filter((row) => (row.endedAt ?? Infinity) < endedBefore);
      const gone = [...old].sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0)).slice(0, limit);
      for (const row of gone) rows.remove(row.id);
      return gone.length;
    },
  };
}

function take(desk: Desk, { limit, lease }: Parameters<Deliveries['take']>[0]): readonly DeliveryRow[] {
  const now = desk.clock();
  const seen = new Set<number>();
  const ready = desk.open().filter((row) => {
    if (row.due > now || seen.has(row.subscription)) return false;
    seen.add(row.subscription);
    return !desk.isBusy(row.subscription);
  });
  return ready
    .slice(0, limit)
    .map((row) =>
      desk.deliveries.replace({ ...row, state: 'sending', due: now + lease, attempts: row.attempts + 1 }),
    )
    .sort((a, b) => a.id - b.id);
}

function note(desk: Desk, id: number, report: DeliveryReport): void {
  const row = desk.deliveries.get(id);
  if (row === undefined || row.endedAt !== undefined) return;
  const { result } = report;
  const now = desk.clock();
  if (report.kind !== 'again') desk.end(row, report.kind, result);
  else desk.deliveries.replace({ ...row, state: 'waiting', due: now + report.after, result });
  const of = desk.subscriptions.get(row.subscription);
  if (of === undefined) return;
  const { failingSince, ...well } = of;
  desk.subscriptions.replace(
    report.kind === 'delivered' ? well : { ...well, failingSince: failingSince ?? now },
  );
}
