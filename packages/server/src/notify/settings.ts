import type { NotificationEvent, NotificationFilter, NotificationTargetKind } from '@signalbox/api';
import type { JsonObject } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';

/** What a subscription's row holds. */
export type SubscriptionSettings = {
  readonly name: string;
  /** Empty: every event. */
  readonly events: readonly NotificationEvent[];
  readonly filter: NotificationFilter;
  readonly target: StoredTarget;
  /** Of one that was made as a service hook: how its maker calls it. */
  readonly hook?: HookSettings;
};

/** Where something is told, as it is stored. */
export type StoredTarget = {
  readonly kind: NotificationTargetKind;
  /** What may be seen of its address. */
  readonly shown: string;
  readonly headers: readonly string[];
  readonly user: string;
  readonly hasPassword: boolean;
  readonly isSigned: boolean;
  readonly mail?: MailSettings;
  /** `TargetSecrets` as JSON, sealed. */
  readonly sealed: string;
};

/** The mail server, and from whom to whom. */
export type MailSettings = {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'startTls' | 'none';
  readonly from: string;
  readonly to: readonly string[];
};

/** What is never shown. */
export type TargetSecrets = {
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly password?: string;
  readonly signingKey?: string;
};

/** How much of a service hook's message is sent; the words of Azure. */
export type HookSettings = {
  readonly publisherId: string;
  readonly eventType: string;
  readonly resourceVersion: string;
  readonly publisherInputs: Readonly<Record<string, string>>;
  readonly resourceDetailsToSend: 'all' | 'minimal' | 'none';
  readonly messagesToSend: MessagesToSend;
  readonly detailedMessagesToSend: MessagesToSend;
};

/** Which forms of a text are sent. */
export type MessagesToSend = 'all' | 'text' | 'html' | 'markdown' | 'none';

/** The settings of a row; they were written by `settingsToStore`. */
export function settingsOf({ settings }: { readonly settings: JsonObject }): SubscriptionSettings {
  return settings as unknown as SubscriptionSettings;
}

/** Settings as plain JSON. */
export function settingsToStore(settings: SubscriptionSettings): JsonObject {
  return JSON.parse(JSON.stringify(settings)) as JsonObject;
}

/** Seals what is never shown. */
export function sealSecrets(sealer: Sealer, secrets: TargetSecrets): string {
  return sealer.seal(JSON.stringify(secrets));
}

/** What was sealed; undefined when it was sealed with another key than this server has. */
export function openSecrets(
  sealer: Sealer,
  { sealed = '' }: Partial<StoredTarget>,
): TargetSecrets | undefined {
  const text = sealer.open(sealed);
  return text.startsWith('{') && !text.startsWith('{sealed:')
    ? (JSON.parse(text) as TargetSecrets)
    : undefined;
}
