import { freeSlots } from './blockers.ts';
import type { Decision } from './decision.ts';
import { openGates } from './gate.ts';
import { grantNext } from './grant.ts';
import { admit } from './span/pass.ts';
import { supersede } from './supersede.ts';

/**
 * Brings the locks that the message touched to rest: lets stages come inside spans, lets through whom no older run
 * bars any more, ends whose time is over, cancels the superseded, grants, until nothing changes. Afterwards no free slot and no
 * request without blockers coexist (LAW-2). Stops early when rows are lacking.
 */
export function settle(d: Decision): void {
  for (;;) {
    admitAll(d);
    openGates(d);
    readAhead(d);
    supersede(d);
    if (d.read.lacks) return;
    if (d.toGrant.size === 0 && d.toSupersede.size === 0 && d.gates.size === 0 && d.spans.size === 0) return;
    grantNext(d);
    if (d.read.lacks) return;
  }
}

/** Lets the next ones come inside the spans that somebody left; one that is over and empty ends. */
function admitAll(d: Decision): void {
  for (const id of d.spans) {
    const span = d.read.bundle(id);
    if (span) admit(d, span);
  }
  if (!d.read.lacks) d.spans.clear();
}

/** Asks for what the grant decision will need, so that it comes with the same load. */
function readAhead(d: Decision): void {
  for (const id of d.toGrant) {
    const lock = d.read.lock(id);
    const holders = d.read.holders(id);
    const free = lock === undefined || holders === undefined ? 1 : freeSlots(lock, holders);
    if (free > 0) d.read.first(id, 1);
  }
}
