import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What this server counts. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly limited: Counter<'kind'>;
  readonly messages: Counter;
  readonly parked: Counter;
  readonly effects: Counter<'outcome'>;
  readonly streams: Gauge;
}

/** A registry of its own, so that several servers fit into one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'signalbox_http_request_seconds',
      help: 'Time to answer a request.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    limited: new Counter({
      name: 'signalbox_http_limited_total',
      help: 'Requests refused because their caller asked too much.',
      labelNames: ['kind'],
      registers,
    }),
    messages: new Counter({
      name: 'signalbox_messages_total',
      help: 'Messages handled by the dispatcher.',
      registers,
    }),
    parked: new Counter({
      name: 'signalbox_parked_total',
      help: 'Messages set aside after failing.',
      registers,
    }),
    effects: new Counter({
      name: 'signalbox_effects_total',
      help: 'Effects carried out.',
      labelNames: ['outcome'],
      registers,
    }),
    streams: new Gauge({ name: 'signalbox_feed_streams', help: 'Open live streams.', registers }),
  };
}
