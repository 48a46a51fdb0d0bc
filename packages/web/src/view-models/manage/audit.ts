import type { AuditEntryView, AuditFact, ReplayView } from '@signalbox/api';
import { counted } from '../names.ts';
import type { Moment } from '../time.ts';
import { ago, moment } from '../time.ts';

/** A message to the locks, and what was decided about it. */
export interface Decision {
  /** The number of its first fact. */
  readonly version: number;
  readonly at: Moment;
  /** What was asked; empty: older than what is kept of messages. */
  readonly asked: string;
  /** What it said, as the journal has it. */
  readonly question: string;
  readonly facts: readonly { readonly version: number; readonly type: string; readonly text: string }[];
}

/** A page of the journal. */
export interface JournalPage {
  /** The newest first. */
  readonly list: readonly Decision[];
  /** The line below which the older page begins; absent: there is none. */
  readonly older?: number;
}

/**
 * The lines of a page, newest first, by message. The oldest message of a page may begin on the older one: it is left to
 * that one, unless the page has no other.
 */
export function newestDecisions(
  entries: readonly AuditEntryView[],
  { now, isWhole }: { readonly now: number; readonly isWhole: boolean },
): JournalPage {
  const oldestFirst = entries.toReversed();
  const begins = oldestFirst.findIndex(({ cause }) => cause !== undefined);
  const shown = isWhole || begins < 0 ? oldestFirst : oldestFirst.slice(begins);
  const list = decisions(shown, now).toReversed();
  const oldest = shown[0]?.version;
  return { list, ...(!isWhole && oldest !== undefined && { older: oldest }) };
}

/** The lines of the journal by message: a line without a cause belongs to the message of the line before. */
function decisions(entries: readonly AuditEntryView[], now: number): readonly Decision[] {
  const found: Decision[] = [];
  for (const { version, at, event, cause } of entries) {
    const fact = { version, type: event.type, text: detail(event) };
    const last = found.at(-1);
    if (cause === undefined && last !== undefined) {
      found[found.length - 1] = { ...last, facts: [...last.facts, fact] };
    } else {
      const asked = cause?.type ?? '';
      const question = cause === undefined ? '' : detail(cause);
      found.push({ version, at: moment(ago(at, now), at), asked, question, facts: [fact] });
    }
  }
  return found;
}

function detail({ type: _type, ...rest }: AuditFact): string {
  return JSON.stringify(rest);
}

/** What the reader looks for. */
export interface AuditFilter {
  /** A kind of message or of fact; empty: all. */
  readonly kind: string;
  /** Part of what was said, in any letter case; empty: all. */
  readonly text: string;
}

/** The decisions that fit. */
export function fitting(list: readonly Decision[], { kind, text }: AuditFilter): readonly Decision[] {
  const wanted = text.trim().toLowerCase();
  return list.filter(({ asked, question, facts }) => {
    const kinds = [asked, ...facts.map((fact) => fact.type)];
    if (kind !== '' && !kinds.includes(kind)) return false;
    const said = [question, ...kinds, ...facts.map((fact) => fact.text)];
    return wanted === '' || said.some((one) => one.toLowerCase().includes(wanted));
  });
}

/** The kinds of messages and facts that are there, by name. */
export function kindsIn(list: readonly Decision[]): readonly string[] {
  const kinds = list.flatMap(({ asked, facts }) => [asked, ...facts.map(({ type }) => type)]);
  return [...new Set(kinds)].filter(Boolean).toSorted((left, right) => left.localeCompare(right));
}

/** What came of deciding everything again. */
export interface ReplayWords {
  readonly same: boolean;
  readonly title: string;
  readonly text: string;
}

/** Puts a replay into words. */
export function replayWords({ facts, decisions: decided, taken, difference }: ReplayView): ReplayWords {
  const older = taken === 0 ? '' : ` ${counted(taken, 'older fact')} had to be taken as given.`;
  const counts = `${counted(decided, 'decision')} with ${counted(facts, 'fact')} decided again.${older}`;
  if (difference === undefined) {
    return { same: true, title: 'Every decision comes out the same', text: counts };
  }
  const says = (fact: AuditFact | undefined): string =>
    fact === undefined ? 'nothing more' : JSON.stringify(fact);
  return {
    same: false,
    title: `Line ${difference.version} comes out otherwise`,
    text: `After ${difference.cause.type} the journal says ${says(difference.recorded)}, and deciding it again gives ${says(difference.recomputed)}. Either the journal was changed, or this version decides otherwise than the one that wrote it.`,
  };
}
