import type { Address, Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { insertCommand, saveReply } from '../sql/hot/command.ts';
import { insertMail } from '../sql/hot/mail.ts';
import type { Done } from '../sql/unit.ts';
import { call, type Call } from '../sql/work.ts';
import { addressText } from '../unit/address.ts';
import type { Letter } from '../unit/decide.ts';
import { ensureAggregate } from './claim.ts';

/** Inboxes remembered to exist; dropped all at once when there are more. */
const MAX_KNOWN = 50_000;

/** Makes the calls that carry mail, and remembers which inboxes are there already. */
export class Courier {
  readonly #known = new Set<string>();

  /** The calls that put letters into inboxes. Inboxes are made in one order everywhere, so that makers cannot meet in a circle. */
  deliveries(mail: readonly Mail[], now: Instant): Call[] {
    const inboxes = new Map<string, Address>();
    for (const { to } of mail) {
      const key = addressText(to);
      if (!this.#known.has(key)) inboxes.set(key, to);
    }
    const made = [...inboxes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, to]) => ensureCall(to));
    return [...made, ...mail.map(({ to, body, due }) => letterCall(to, { body }, dueOf(due, now)))];
  }

  /** After the commit: these inboxes exist. */
  remember(mail: readonly Mail[]): void {
    if (this.#known.size > MAX_KNOWN) this.#known.clear();
    for (const { to } of mail) this.#known.add(addressText(to));
  }
}

/** The call that makes sure that an inbox is there. */
export function ensureCall(to: Address): Call {
  return call(ensureAggregate, to.kind, to.id);
}

/** The call that writes one letter. */
export function letterCall(to: Address, letter: Letter, due: Instant): Call {
  const body = JSON.stringify(letter.body);
  return call(insertMail, to.kind, to.id, due, body, letter.command ?? null, 0, null);
}

/** The call that claims a reply key. */
export function commandCall(key: string, digest: string, now: Instant): Call {
  return call(insertCommand, key, digest, now, null);
}

/** The calls that write the replies of a unit. */
export function replyCalls({ decision }: Done): Call[] {
  return decision.replies.map(({ key, reply }) => replyCall(key, reply));
}

/** The call that writes one reply. */
export function replyCall(key: string, reply: Reply): Call {
  return call(saveReply, key, JSON.stringify(reply));
}

/** Mail that is due by now is due at once: the index keeps it in the order of writing. */
function dueOf(due: Instant | undefined, now: Instant): Instant {
  return due !== undefined && due > now ? due : 0;
}
