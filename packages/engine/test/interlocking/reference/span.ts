import type { Asked, Lock, Of, State } from './state.ts';

/** The span that a run holds and that its further stages pass through. */
export function heldSpan(s: State, run: number): Asked | undefined {
  return s.bundles.find(
    (one) =>
      one.run === run && one.status === 'holding' && one.span && !one.span.over && !one.inside && !one.kept,
  );
}

/** Whoever of the run waits passes through the span that it was granted. */
export function gather(s: State, span: Asked): void {
  if (span.span === undefined) return;
  for (const one of s.waiting()) if (one.run === span.run) join(one, span);
}

/** It waits for its turn inside from now on; with a lock that the span lacks it is not for it. */
export function join(one: Asked, span: Asked): void {
  const locks = one.span?.own ?? one.locks;
  if (locks.every((lock) => span.locks.includes(lock))) one.inside = { span, locks };
  else one.status = 'canceled';
}

/** Inside, a lock is for one at a time, in the order in which they came; an empty span that is over ends. */
export function passThrough(s: State): void {
  for (const holder of s.bundles) {
    if (holder.status !== 'holding' || !holder.span || holder.inside || holder.kept) continue;
    const members = s.bundles.filter(
      ({ inside, status }) => inside?.span === holder && ['waiting', 'holding'].includes(status),
    );
    const used = new Set<Lock>(holder.span.left ? [] : holder.span.own);
    for (const one of members)
      if (one.status === 'holding') one.inside?.locks.forEach((lock) => used.add(lock));
    for (const one of members.filter(({ status }) => status === 'waiting')) {
      const locks = one.inside?.locks ?? [];
      if (!locks.some((lock) => used.has(lock))) one.status = 'holding';
      for (const lock of locks) used.add(lock);
    }
    if (members.length === 0 && holder.span.left && holder.span.over) end(holder, holder.span.worst);
  }
}

function end(holder: Asked, worst: 'failed' | 'abandoned' | undefined): void {
  const as = worst === 'abandoned' ? 'abandoned' : 'finished';
  const keeps = holder.locks.some(({ policy }) => policy.onFailure === 'hold');
  if (worst !== undefined && keeps) holder.kept = as;
  else holder.status = as;
}

/** A stage inside a span is over, or does not want it any more. */
export function leaveSpan(s: State, one: Asked, message: Of<'LocksReleased' | 'LocksWithdrawn'>): void {
  const span = one.inside?.span ?? one;
  if (!span.span || !['waiting', 'holding'].includes(one.status) || (one === span && span.span.left)) return;
  const isAlone = !s.bundles.some(
    ({ inside, status }) => inside?.span === one && ['waiting', 'holding'].includes(status),
  );
  if (one === span && message.type === 'LocksWithdrawn') {
    // It takes the span back with it, unless others need it by now.
    if (isAlone) one.status = 'canceled';
    else span.span.over = true;
  }
  const how = message.type === 'LocksReleased' && !one.unapproved ? message.end : undefined;
  if (message.type === 'LocksReleased' && message.deployed && one.status === 'holding' && !one.unapproved) {
    const locks = one.inside?.locks ?? span.span.own;
    for (const { deployed } of locks) deployed.set(one.definition, one);
  }
  if (one.status === 'holding' && how !== undefined && span.span.worst !== 'abandoned') span.span.worst = how;
  if (one === span) {
    span.span.left = true;
    delete span.idle;
  } else if (one.status === 'waiting' || message.type === 'LocksWithdrawn' || one.unapproved)
    one.status = 'canceled';
  else one.status = how === 'abandoned' ? 'abandoned' : 'finished';
}

/** No further stage comes into the span. */
export function endSpan(s: State, message: Of<'SpanOver'>): void {
  const bundle = s.find(message);
  if (bundle?.status === 'holding' && bundle.span && !bundle.inside) bundle.span.over = true;
}
