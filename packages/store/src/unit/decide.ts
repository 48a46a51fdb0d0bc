import type {
  Address,
  Birth,
  Effect,
  EventOf,
  InterlockingAnswer,
  InterlockingChange,
  InterlockingNeed,
  Mail,
  MessageOf,
  PoolAnswer,
  PoolChange,
  PoolNeed,
  Reply,
  RunAnswer,
  RunChange,
  RunNeed,
  TriggerAnswer,
  TriggerChange,
  TriggerNeed,
  WorkingCopy,
} from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import type { Engine } from '../port/engine.ts';

/** What any working copy may ask, get and change. */
export type Need = RunNeed | InterlockingNeed | PoolNeed | TriggerNeed;
export type Answer = RunAnswer | InterlockingAnswer | PoolAnswer | TriggerAnswer;
export type Change = RunChange | InterlockingChange | PoolChange | TriggerChange;
export type AnyEvent = EventOf[keyof EventOf];
type AnyCopy = WorkingCopy<Mail['body'], AnyEvent, Need, Answer, Change>;

/** A message in the hands of a worker. */
export interface Letter {
  readonly body: Mail['body'];
  /** The reply key, when somebody waits for the answer. */
  readonly command?: string;
}

/** A fact for the journal; the first one that a message to an interlocking led to carries that message. */
export interface Recorded {
  readonly event: AnyEvent;
  readonly cause?: MessageOf['interlocking'];
}

/** What a batch of messages did to one aggregate, not yet written. */
export interface Decision {
  readonly events: readonly Recorded[];
  readonly changes: readonly Change[];
  readonly mail: readonly Mail[];
  readonly effects: readonly Effect[];
  readonly births: readonly Birth[];
  readonly replies: readonly { readonly key: string; readonly reply: Reply }[];
}

/** The handling of the letter at `index` threw: it is poison, its neighbours are not. */
export class LetterFailure extends Error {
  readonly index: number;

  constructor(index: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'LetterFailure';
    this.index = index;
  }
}

/** More rounds of needs for one message than any slice takes: the working copy asks in a circle. */
const MAX_ROUNDS = 200;

/** A fresh working copy of the aggregate. */
export function copyOf(engine: Engine, address: Address): AnyCopy {
  switch (address.kind) {
    case 'run':
      return engine.run(address.id);
    case 'interlocking':
      return engine.interlocking(address.id);
    case 'pool':
      return engine.pool(address.id);
    case 'trigger':
      return engine.trigger(address.id);
  }
}

/** Decides letters one after another; yields what must be loaded and is resumed with the answers. */
export function* decide(
  copy: AnyCopy,
  { address, letters }: { readonly address: Address; readonly letters: readonly Letter[] },
  now: Instant,
): Generator<readonly Need[], Decision, readonly Answer[]> {
  const events: Recorded[] = [];
  const mail: Mail[] = [];
  const effects: Effect[] = [];
  const births: Birth[] = [];
  const replies: { key: string; reply: Reply }[] = [];
  for (const [index, letter] of letters.entries()) {
    const decided = yield* decideOne(copy, letter, { index, now });
    events.push(...recorded(address, letter, decided.outcome.events));
    mail.push(...decided.outcome.mail);
    effects.push(...decided.outcome.effects);
    births.push(...decided.births);
    if (letter.command !== undefined) {
      replies.push({ key: letter.command, reply: decided.outcome.reply ?? { ok: true, value: null } });
    }
  }
  return { events, changes: copy.changes(), mail, effects, births, replies };
}

/** Only what the locks decide is replayed by an audit; the mail of runs may hold what no journal should. */
function recorded({ kind }: Address, { body }: Letter, events: readonly AnyEvent[]): readonly Recorded[] {
  return events.map((event, index) =>
    kind === 'interlocking' && index === 0 ? { event, cause: body as MessageOf['interlocking'] } : { event },
  );
}

function* decideOne(
  copy: AnyCopy,
  letter: Letter,
  at: { readonly index: number; readonly now: Instant },
): Generator<
  readonly Need[],
  Extract<ReturnType<AnyCopy['handle']>, { kind: 'decided' }>,
  readonly Answer[]
> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const handled = guarded(at.index, () => copy.handle(letter.body, at.now));
    if (handled.kind === 'decided') return handled;
    const answers = yield handled.needs;
    guarded(at.index, () => copy.supply(answers));
  }
  throw new LetterFailure(at.index, new Error(`asked for rows ${MAX_ROUNDS} times without deciding`));
}

function guarded<T>(index: number, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new LetterFailure(index, error);
  }
}
