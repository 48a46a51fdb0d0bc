import type { Blocker } from '@signalbox/model';
import { MINUTE } from './case.ts';
import { nameOf, type Cast } from './cast.ts';
import { spanWords } from './notes.ts';

/** A blocker in the words of `waits: …`. */
export function wordsOf(cast: Cast, blocker: Blocker): string {
  const lock = cast.nameOfLock(blocker.lock);
  if (blocker.kind === 'notGrantedTogether') {
    return `notGrantedTogether ${lock} for ${cast.nameOfLock(blocker.waitsFor)}`;
  }
  if (blocker.kind === 'frozen' || blocker.kind === 'onHold') {
    return `${blocker.kind} ${lock} by ${blocker.actor}`;
  }
  if (blocker.kind === 'awaitingApproval') {
    const [holder] = blocker.by.map(({ run, stage, attempt }) => nameOf(run, stage, attempt));
    const whom = blocker.approvers.length === 0 ? '' : ` by ${blocker.approvers.join(', ')}`;
    return `awaitingApproval ${lock} ${holder}${whom} ${blocker.when} its jobs`;
  }
  const by = blocker.kind === 'checksPending' ? [] : blocker.by;
  const hasEnd = blocker.kind === 'quarantined' || blocker.kind === 'checksPending';
  const until = hasEnd && blocker.until !== undefined ? blocker.until / MINUTE : '';
  const names = by.map(({ run, stage, attempt, until: span }) =>
    span === undefined ? nameOf(run, stage, attempt) : `${nameOf(run, stage, attempt)} ${spanWords(span)}`,
  );
  return [blocker.kind, lock, ...names, ...(until === '' ? [] : [`until ${until}`])].join(' ');
}
