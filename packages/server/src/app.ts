import type { LeasePolicy } from '@signalbox/engine';
import type { Guid, Instant, Millis } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { Logger } from 'pino';
import type { OidcProvider } from './auth/oidc/provider.ts';
import type { FailedLogins } from './auth/failed-logins.ts';
import type { RateLimits, Rates } from './http/rates/rate-limits.ts';
import type { OpenWaits } from './http/guard/open-waits.ts';
import type { BlobStore } from './blobs/blob-store.ts';
import type { AzureGates } from './gates/azure/gates.ts';
import type { KeyedSealer } from './auth/sealer.ts';
import type { KeySource } from './secrets/key-source.ts';
import type { Rotation } from './secrets/rotation.ts';
import type { Repositories } from './git/repositories.ts';
import type { Metrics } from './metrics.ts';
import type { Notifier } from './notify/notifier.ts';
import type { Triggers } from './triggers/triggers.ts';
import type { FeedHub } from './work/feed-hub.ts';
import type { KnownRepositories } from './work/known-repositories.ts';
import type { Worker } from './work/worker.ts';

/** How long leases and polls last; the engine's own figures are given to it separately, and must agree. */
export interface LeaseTimes {
  readonly renewEveryMs: Millis;
  readonly leaseMs: Millis;
  readonly pollWaitMs: Millis;
}

/** What every handler has at hand. */
export interface App {
  readonly store: Store;
  /** The contents of artifacts, caches and whatever else has files; who uses them, `store.blobs` knows. */
  readonly blobs: BlobStore;
  readonly worker: Worker;
  readonly hub: FeedHub;
  readonly notifier: Pick<Notifier, 'wake'>;
  readonly triggers: Pick<Triggers, 'on' | 'wake' | 'look' | 'stateOf'>;
  readonly repositories: Repositories;
  readonly known: KnownRepositories;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly failedLogins: FailedLogins;
  /** The provider that signs people in, if there is one. */
  readonly oidc: OidcProvider | undefined;
  readonly rates: Rates;
  readonly rateLimits: RateLimits;
  /** Questions for locks that are open, by token. */
  readonly leaseWaits: OpenWaits;
  readonly gates: AzureGates;
  readonly sealer: KeyedSealer;
  /** Where the keys of the sealer come from. */
  readonly keys: KeySource;
  readonly rotation: Rotation;
  readonly clock: () => Instant;
  readonly organization: string;
  readonly instanceId: Guid;
  readonly leases: LeaseTimes;
  /** What the pools decide by; the engine is given the same. */
  readonly poolPolicy: LeasePolicy;
  readonly version: string;
  /** `http://host:port/organisation`, as others reach this server; known once it listens. */
  baseUrl(): string;
  /** True when the address has to be taken from what the caller used: bound to every address, no public URL. */
  readonly addressOfCaller: boolean;
  /** Host names that a browser may use; undefined: any. */
  readonly hosts: readonly string[] | undefined;
  readonly secureCookies: boolean;
  readonly webDirectory: string | undefined;
  /** How long artifacts of finished runs are kept; absent: as long as their runs. */
  readonly artifactAge: Millis | undefined;
}
