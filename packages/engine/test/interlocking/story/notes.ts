import type { Effect, InterlockingEvent, InterlockingMessage, Mail, Outcome } from '@signalbox/engine';
import type { SpanEnd, StaleCommit } from '@signalbox/model';
import { MINUTE } from './case.ts';
import { nameOf, type Cast } from './cast.ts';

/** Who, and what became of them; without the minute. */
type Note = readonly [subject: string, words: string];

/** What a message did, in the words of the `expect` lists. */
export function* notesOf(
  cast: Cast,
  outcome: Outcome<InterlockingEvent>,
  body: InterlockingMessage,
): Generator<Note, void> {
  const exceptions = exceptionsOf(cast, outcome.events);
  for (const event of outcome.events) {
    if (event.type === 'BundleAbandoned') yield [cast.nameOfBundle(event.bundle), 'is abandoned'];
    yield* outside(cast, event, exceptions);
    if (event.type === 'HoldLimitReached') {
      const words = `holds ${cast.nameOfLock(event.lock)} longer than ${event.minutes}: ${event.action}`;
      yield [cast.nameOfBundle(event.bundle), words];
    }
    if (event.type === 'BundleChecked') yield* checked(cast, event);
    if (event.type === 'BundleCanceled') yield [cast.nameOfBundle(event.bundle), 'is canceled'];
    if (event.type === 'ExpectationChanged' && event.why === 'limit')
      yield ['settle', `lets pass ${event.rows.map(({ run }) => `r${run}`).join(' ')}: limit`];
  }
  for (const mail of outcome.mail) yield* heard(cast, mail, exceptions);
  for (const effect of outcome.effects) yield* done(cast, effect);
  yield* replied(outcome, body);
}

/** What the journal entry of a grant says of the order, by requester; read as each note is written. */
function exceptionsOf(cast: Cast, events: readonly InterlockingEvent[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) =>
      event.type === 'BundleGranted' && event.exceptions !== undefined
        ? [[cast.nameOfBundle(event.bundle), ` (${event.exceptions.join(', ')})`] as const]
        : [],
    ),
  );
}

function* replied({ reply }: Outcome<InterlockingEvent>, body: InterlockingMessage): Generator<Note, void> {
  if (reply?.ok === false)
    yield [body.type === 'ConfigureLock' ? body.name : 'it', `is refused: ${reply.refusal.code}`];
  const isOperators = reply?.ok === true && typeof reply.value === 'object' && reply.value !== null;
  if (isOperators && 'changed' in reply.value && reply.value.changed === false)
    yield ['it', 'changes nothing'];
  if (body.type === 'Reconcile' && reply?.ok === true)
    yield ['settle', `mended ${JSON.stringify(reply.value)}`];
}

/** What no run is told of callers from outside: they ask by themselves. */
function* outside(
  cast: Cast,
  event: InterlockingEvent,
  exceptions: ReadonlyMap<string, string>,
): Generator<Note, void> {
  const bundle = 'bundle' in event && typeof event.bundle === 'number' ? event.bundle : 0;
  const row = cast.rows.getBundle(bundle);
  if (row?.requester.caller === undefined) return;
  const name = row.requester.stage;
  if (event.type === 'BundleGranted') {
    const names = event.requests.map(({ lock, token }) => `${cast.nameOfLock(lock)}#${token}`);
    yield [name, `gets ${names.join(', ')}${exceptions.get(name) ?? ''}`];
  }
  if (event.type === 'BundleTimedOut') yield [name, 'times out'];
  if (event.type === 'BundleWithdrawn') yield [name, `is withdrawn by ${event.by}: ${event.reason}`];
  if (event.type === 'BundleSuperseded') yield [name, `is superseded by r${event.byRun}`];
  if (event.type === 'BundleFinished') yield [name, 'is finished'];
  if (event.type === 'HolderChanged' && event.until !== undefined)
    yield [name, `is ${event.state} until ${event.until / MINUTE}`];
  if (event.type === 'LeaseRenewed') yield [name, `has its lease until ${event.until / MINUTE}`];
}

/** What is to be done outside, once the decision lasts. */
function* done(cast: Cast, effect: Effect): Generator<Note, void> {
  if (effect.kind === 'compareRuns')
    yield ['git', `is asked about ${cast.nameOfBundle(effect.bundle)} and r${effect.base}`];
  if (effect.kind === 'tellCaller') yield [effect.request, `is told at ${effect.channel}: ${effect.news}`];
  if (effect.kind === 'watchCaller') yield [effect.request, 'is watched'];
}

function* heard(
  cast: Cast,
  { to, body }: Mail,
  exceptions: ReadonlyMap<string, string>,
): Generator<Note, void> {
  if (to.kind !== 'run') return;
  if (body.type === 'Cancel') yield [`r${to.id}`, 'is told to end as a whole'];
  if (body.type === 'CancelStage') yield [nameOf(to.id, body.stage, 1), 'is told to end'];
  // Worth a line only where a lock of the case does otherwise.
  const slotFirst = [...cast.rows.locks.values()].some(({ policy }) => policy.slot === 'beforeApproval');
  if (body.type === 'AskApprovals' && slotFirst)
    yield [nameOf(to.id, body.stage, body.attempt), 'asks for its approval first'];
  if (body.type === 'LocksGranted') {
    const tokens = body.tokens.map(({ lockName, token }) => `${lockName}#${token}`);
    const name = nameOf(to.id, body.stage, body.attempt);
    const span = body.span === undefined ? '' : ` ${spanWords(body.span)}`;
    const shield = body.protectedBy?.map(({ lockName }) => lockName).join(', ');
    const shielded = shield === undefined ? '' : `, protected by ${shield}`;
    const how = cast.bundle(name)?.awaitsApproval ? ' before its approval' : '';
    yield [
      name,
      `gets ${tokens.join(', ') || 'no lock'}${how}${span}${shielded}${exceptions.get(name) ?? ''}`,
    ];
    for (const commit of body.stale ?? []) yield [name, `is warned: ${wordsOfStale(commit)}`];
  } else if (body.type === 'LocksTaken') {
    yield [nameOf(to.id, body.stage, body.attempt), `loses its locks to ${body.by}: ${body.reason}`];
  } else if (body.type === 'LocksLost') {
    const { why } = body;
    const words = {
      superseded: () => (why.kind === 'superseded' ? `is superseded by r${why.byRun} at ${why.lock}` : ''),
      timedOut: () =>
        why.kind === 'timedOut' ? `times out at ${why.lock} after ${why.minutes}: ${why.then}` : '',
      withdrawn: () => (why.kind === 'withdrawn' ? `is withdrawn by ${why.by}: ${why.reason}` : ''),
      lockOutsideSpan: () =>
        why.kind === 'lockOutsideSpan' ? `loses: ${why.lock} is outside the span of ${why.by}` : '',
      stale: () => (why.kind === 'stale' ? `is rejected: ${wordsOfStale(why.commit)}` : ''),
      lockMissing: () => (why.kind === 'lockMissing' ? `loses: ${missing(why.message)}` : ''),
    };
    yield [nameOf(to.id, body.stage, body.attempt), words[why.kind]()];
  }
}

function* checked(
  cast: Cast,
  { bundle, status }: Extract<InterlockingEvent, { type: 'BundleChecked' }>,
): Generator<Note, void> {
  const words = status === 'queued' ? 'waits for its turn' : 'waits on its checks';
  yield [cast.nameOfBundle(bundle), words];
}

/** How long a grant lasts, beyond the stage. */
export function spanWords(until: SpanEnd): string {
  return until === 'run' ? 'for the run' : `through ${until.join(' and ')}`;
}

function wordsOfStale({ lockName, byRun, byStage, deployedAt, judgedBy }: StaleCommit): string {
  const what = judgedBy === 'ancestry' ? 'a newer commit' : 'a younger run';
  return `${nameOf(byRun, byStage, 1)} deployed ${what} at ${lockName} in ${deployedAt / MINUTE}`;
}

function missing(message: string): string {
  const [, deleted] = /^The \w+ '(.*)' was deleted/.exec(message) ?? [];
  return deleted === undefined ? 'lock missing' : `${deleted} is deleted`;
}
