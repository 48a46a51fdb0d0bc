import type { DeliveredEvent, NotificationEvent } from '@signalbox/api';
import type { Guid } from '@signalbox/model';
import type { JsonObject } from '@signalbox/store';

/** What is told, ready for any target. It is plain JSON: deliveries keep it. */
export type Notice = {
  readonly event: DeliveredEvent;
  /** When it happened, ISO 8601. */
  readonly at: string;
  /** One sentence, plain text. */
  readonly title: string;
  /** What people want to know at once: who waits, since when, until when, who can act. */
  readonly facts: readonly Fact[];
  /** Where to look. */
  readonly link: string;
  /** What webhooks get, in the shape of Azure or ours. */
  readonly resource: JsonObject;
  readonly projectId: Guid;
};

/** A line of a message. */
export type Fact = { readonly name: string; readonly text: string };

/** What filters look at. Absent: an event of this kind never has it, and no filter about it applies. */
export interface Facets {
  readonly pipelines?: readonly string[];
  readonly stages?: readonly string[];
  readonly environments?: readonly string[];
  readonly locks?: readonly string[];
  readonly results?: readonly string[];
  readonly states?: readonly string[];
}

/** A notice about one event, and what filters look at. */
export interface Told {
  readonly id: Guid;
  readonly event: NotificationEvent;
  readonly notice: Notice;
  readonly facets: Facets;
}

/** Facts without those that are not known. */
export function factsOf(
  ...facts: readonly (readonly [name: string, text: string | undefined])[]
): readonly Fact[] {
  return facts.flatMap(([name, text]) => (text === undefined || text === '' ? [] : [{ name, text }]));
}
