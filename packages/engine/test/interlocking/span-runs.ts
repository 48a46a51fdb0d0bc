import type { InterlockingMessage, LockAnswer, Mail, SpanReach } from '@signalbox/engine';
import type { RunId, SpanEnd } from '@signalbox/model';

/** The plan of every run: B after A, C after B, D beside them; C is what spans may end with. */
const AFTER: Readonly<Record<string, readonly string[]>> = { A: [], B: ['A'], C: ['A', 'B'], D: [] };

type Phase = 'idle' | 'asked' | 'running' | 'over';

/** A run that does what the engine's runs do about locks, and nothing else. */
export class SpanRun {
  readonly id: RunId;
  readonly #definition: number;
  readonly #locks: (stage: string) => readonly number[];
  readonly #phases: Map<string, Phase> = new Map(Object.keys(AFTER).map((name) => [name, 'idle']));
  #span: { readonly stage: string; readonly until: SpanEnd } | undefined;

  /** `mask`: three bits for each stage, the locks that it uses. */
  constructor(id: RunId, definition: number, mask: number) {
    this.id = id;
    this.#definition = definition;
    this.#locks = (stage) =>
      [0, 1, 2].filter((bit) => ((mask >> (3 * 'ABCD'.indexOf(stage))) >> bit) % 2 === 1);
  }

  get isOver(): boolean {
    return [...this.#phases.values()].every((phase) => phase === 'over');
  }

  /** Starts the n-th stage that may start. One without locks runs at once. */
  *start(pick: number): Generator<InterlockingMessage, void> {
    const ready = this.#in('idle').filter((name) =>
      AFTER[name]?.every((one) => this.#phases.get(one) === 'over'),
    );
    const stage = ready[pick % Math.max(1, ready.length)];
    if (stage === undefined) return;
    this.#phases.set(stage, this.#locks(stage).length === 0 ? 'running' : 'asked');
    if (this.#phases.get(stage) === 'asked') yield this.#request(stage, undefined);
  }

  /** Ends the n-th stage that runs. */
  *finish(pick: number, end: 'failed' | 'abandoned' | undefined): Generator<InterlockingMessage, void> {
    const running = this.#in('running');
    const stage = running[pick % Math.max(1, running.length)];
    if (stage === undefined) return;
    this.#phases.set(stage, 'over');
    if (this.#locks(stage).length > 0)
      yield { type: 'LocksReleased', run: this.id, stage, attempt: 1, ...(end !== undefined && { end }) };
    yield* this.#endSpan();
  }

  /** Takes back the n-th stage that waits. */
  *withdraw(pick: number): Generator<InterlockingMessage, void> {
    const asked = this.#in('asked');
    const stage = asked[pick % Math.max(1, asked.length)];
    if (stage === undefined) return;
    this.#phases.set(stage, 'over');
    yield { type: 'LocksWithdrawn', run: this.id, stage, attempt: 1 };
    yield* this.#endSpan();
  }

  /** What the run says to what it hears. */
  *hear({ body }: Mail): Generator<InterlockingMessage, void> {
    const answer = body as LockAnswer;
    if (!('attempt' in answer) || this.#phases.get(answer.stage) !== 'asked') return;
    if (answer.type === 'SpanWanted')
      yield this.#request(answer.stage, this.#reach(answer.stage, answer.until));
    if (answer.type === 'LocksLost') {
      this.#phases.set(answer.stage, 'over');
      yield* this.#endSpan();
    }
    if (answer.type !== 'LocksGranted') return;
    this.#phases.set(answer.stage, 'running');
    if (answer.span !== undefined) this.#span = { stage: answer.stage, until: answer.span };
    yield* this.#endSpan();
  }

  *#endSpan(): Generator<InterlockingMessage, void> {
    const span = this.#span;
    if (span === undefined) return;
    const ends = span.until === 'run' ? Object.keys(AFTER) : span.until;
    if (!ends.every((name) => this.#phases.get(name) === 'over')) return;
    this.#span = undefined;
    yield { type: 'SpanOver', run: this.id, stage: span.stage, attempt: 1 };
  }

  #request(stage: string, reach: SpanReach | undefined): InterlockingMessage {
    const { id: run } = this;
    const requester = {
      run,
      definition: this.#definition,
      stage,
      attempt: 1,
      branch: 'main',
      runQueueTime: run,
    };
    const about = { ownLock: false, resources: this.#resources(stage), pipeline: 'P' };
    return { type: 'LocksRequested', requester, ...about, ...(reach !== undefined && { reach }) };
  }

  #reach(stage: string, asked: SpanEnd): SpanReach {
    const toCome = Object.keys(AFTER).filter((name) => name !== stage && this.#phases.get(name) !== 'over');
    const until = asked === 'run' ? asked : asked.filter((name) => toCome.includes(name));
    const inside = toCome
      .filter((name) => this.#phases.get(name) !== 'running' && this.#locks(name).length > 0)
      .filter((name) => until === 'run' || !until.every((end) => AFTER[name]?.includes(end)));
    const stages = inside.map((name) => ({ stage: name, ownLock: false, resources: this.#resources(name) }));
    return { asked, until, stages };
  }

  #resources(stage: string): readonly { type: 'environment'; id: string; name: string }[] {
    return this.#locks(stage).map((lock) => ({ type: 'environment', id: `e${lock}`, name: `e${lock}` }));
  }

  #in(phase: Phase): readonly string[] {
    return [...this.#phases].filter(([, one]) => one === phase).map(([name]) => name);
  }
}
