import type { Instant } from '@signalbox/model';
import { resealFiles } from './reseal-files.ts';
import type { RotationDesk } from './rotation-desk.ts';

/** How far a rotation is; kept in the database after each step, so that the next start goes on from there. */
export interface RotationState {
  /** The key that everything is sealed by in the end. */
  readonly to: string;
  readonly startedAt: Instant;
  /** Absent: it goes on. */
  readonly finishedAt?: Instant;
  /** Rounds through everything; the last one finds nothing to change. */
  readonly round: number;
  /** What is looked at: a table, or `secure files`. */
  readonly table: string;
  /** Rows looked at in this round, and rows and files sealed anew altogether. */
  readonly seen: number;
  readonly resealed: number;
}

/** The state with what only the rotation itself reads. */
interface Kept extends RotationState {
  readonly next?: string;
  /** Sealed anew in this round: another one is needed. */
  readonly changed: number;
}

/** Seals every stored secret anew, in the background and in small steps. */
export interface Rotation {
  /** The last one, finished or not; undefined: there was none. */
  state(): Promise<RotationState | undefined>;
  /** Begins one to the newest key, unless one goes on; answers at once. */
  begin(): Promise<RotationState>;
  /** Goes on with one that a process before left behind; called at the start. */
  resume(): Promise<void>;
  /** Does one step; false: there is nothing to do. */
  step(): Promise<boolean>;
  /** Ends after the step under way. */
  stop(): Promise<void>;
}

const KEY = 'secrets.rotation';
// Some milliseconds of the one writer of a database file: others get their turns in between.
const ROWS_PER_STEP = 100;

/** The rotation of a server; `failed` hears of a step that did not work, after which the next start tries again. */
export function createRotation(desk: RotationDesk, failed: (error: unknown) => void): Rotation {
  let running: Promise<void> | undefined;
  let stopped = false;
  const step = async (): Promise<boolean> => {
    const kept = await load(desk);
    if (kept === undefined || kept.finishedAt !== undefined) return false;
    await desk.store.settings.set(KEY, JSON.stringify(await stepOf(desk, kept)));
    return true;
  };
  const goOn = (): void => {
    running ??= (async () => {
      while (!stopped && (await step())) await new Promise((done) => setImmediate(done));
    })()
      .catch(failed)
      .finally(() => (running = undefined));
  };
  return {
    step,
    async state() {
      const kept = await load(desk);
      return kept && shown(kept);
    },
    async begin() {
      const before = await load(desk);
      const goesOn = before !== undefined && before.finishedAt === undefined;
      const state = goesOn ? before : fresh(desk);
      if (!goesOn) await desk.store.settings.set(KEY, JSON.stringify(state));
      goOn();
      return shown(state);
    },
    async resume() {
      const before = await load(desk);
      if (before !== undefined && before.finishedAt === undefined) goOn();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

async function load({ store }: RotationDesk): Promise<Kept | undefined> {
  const text = await store.settings.get(KEY);
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}

function fresh({ sealer, clock }: RotationDesk): Kept {
  return {
    to: sealer.ring().active.id,
    startedAt: clock(),
    round: 1,
    table: '',
    seen: 0,
    resealed: 0,
    changed: 0,
  };
}

function shown({ next: _next, changed: _changed, ...state }: Kept): RotationState {
  return state;
}

/** One step from a state to the next; a round that changes something is followed by another. */
async function stepOf(desk: RotationDesk, kept: Kept): Promise<Kept> {
  // Another key became the newest meanwhile: everything has to be seen again.
  if (desk.sealer.ring().active.id !== kept.to) return fresh(desk);
  const { store, sealer } = desk;
  const done = await store.texts.rewrite(kept.next, {
    limit: ROWS_PER_STEP,
    change: (text) => sealer.reseal(text),
  });
  const { next: _, ...rest } = kept;
  const after = {
    ...rest,
    table: done.table,
    seen: kept.seen + done.seen,
    resealed: kept.resealed + done.changed,
    changed: kept.changed + done.changed,
  };
  if (done.next !== undefined) return { ...after, next: done.next };
  const files = await resealFiles(desk);
  const whole = { ...after, table: 'secure files', resealed: after.resealed + files };
  if (after.changed + files === 0) return { ...whole, finishedAt: desk.clock() };
  return { ...whole, round: kept.round + 1, seen: 0, changed: 0 };
}
