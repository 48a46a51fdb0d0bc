import type { InterlockingMessage, Mail } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import { parse } from 'yaml';
import { Project, timersOf } from '../project.ts';
import { wordsOf } from './blocker-words.ts';
import { MINUTE, fail, type LockWords, type StoryCase, type Told } from './case.ts';
import { Cast, nameOf, resourceOf } from './cast.ts';
import { notesOf } from './notes.ts';
import { reachingRequest } from './reach.ts';
import { VERBS } from './verbs.ts';

/** Tells a case to the real interlocking and writes down what it does, in the words of the `expect` lists. */
export class Story {
  readonly project: Project = new Project();
  readonly seen: string[] = [];
  readonly #case: StoryCase;
  readonly #told: Told;
  readonly #cast: Cast;
  readonly #timers: { body: InterlockingMessage; due: number; order: number }[] = [];

  constructor(one: StoryCase, told: Told) {
    this.#case = one;
    this.#told = told;
    this.#cast = new Cast(this.project.rows, one, told);
  }

  get now(): number {
    return this.#cast.minute * MINUTE;
  }

  tell(): readonly string[] {
    for (const name of Object.keys(this.#case.locks ?? {})) this.#configure(name, {});
    this.seen.length = 0;
    for (const line of this.#case.story) {
      const [, minute = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? fail(line);
      const before = this.#case.timers === 'late' ? Number(minute) * MINUTE - 1 : Number(minute) * MINUTE;
      if (this.#case.timers !== 'jump') this.#ring(before);
      this.#cast.minute = Number(minute);
      this.#say(rest);
      if (this.#case.timers === 'jump') this.#ring(this.now);
    }
    this.#ring(this.now);
    return this.seen;
  }

  #ring(until: number): void {
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.due - b.due || a.order - b.order);
      if (next === undefined || next.due > until) return;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#cast.minute = Math.max(this.#cast.minute, next.due / MINUTE);
      this.#send(next.body);
    }
  }

  #say(text: string): void {
    if (text === 'time passes') return;
    const [, subject = '', verb = '', rest = ''] = LINE.exec(text) ?? fail(text);
    if (verb === 'becomes') return this.#configure(subject, parse(rest) as LockWords);
    if (verb === 'explains') return this.#explain(subject);
    const message = (VERBS[verb] ?? fail(text))(this.#cast, subject, rest);
    if (message !== undefined) this.#send(message);
  }

  #configure(name: string, change: LockWords): void {
    const before = [...this.project.rows.locks.values()].find((lock) => lock.name === name);
    const first = {
      ...this.#case.locks?.[name],
      ...(this.#told.by === 'lock' && { behavior: this.#told.behavior }),
    };
    const { enabled, ...policy } = {
      enabled: before?.enabled ?? true,
      ...(before === undefined && first),
      ...change,
    };
    this.#send({
      type: 'ConfigureLock',
      resource: before?.resource ?? resourceOf(name),
      name,
      policy: { ...(before?.policy ?? DEFAULT_LOCK_POLICY), ...(policy as Partial<LockPolicy>) },
      enabled,
      by: 'tester',
    });
  }

  #send(body: InterlockingMessage): void {
    const outcome = this.project.send(body, this.now);
    for (const timer of timersOf(outcome.mail)) this.#timers.push({ ...timer, order: this.#timers.length });
    for (const [subject, words] of notesOf(this.#cast, outcome, body)) this.#note(subject, words);
    for (const mail of outcome.mail) {
      const { to, due, body: next } = mail;
      if (to.kind === 'interlocking' && due === undefined) this.#send(next as InterlockingMessage);
      if (body.type === 'LocksRequested' && next.type === 'SpanWanted') this.#reach(body, mail);
    }
  }

  #reach(asked: Extract<InterlockingMessage, { type: 'LocksRequested' }>, mail: Mail): void {
    const say = () => reachingRequest(this.#cast, asked, mail);
    if (this.#cast.isSlow(asked.requester)) {
      this.#cast.unsaid.set(asked.requester.run, say);
      return;
    }
    const again = say();
    if (again !== undefined) this.#send(again);
  }

  #explain(subject: string): void {
    const { run, stage, attempt } = this.#cast.requester(subject);
    const bundle = this.#cast.bundle(subject);
    const blockers = bundle === undefined ? [] : this.project.blockersOf(bundle.id, this.now);
    const words = blockers.map((blocker) => wordsOf(this.#cast, blocker)).join('; ');
    this.#note(nameOf(run, stage, attempt), `waits: ${words || 'for nothing'}`);
  }

  #note(subject: string, words: string): void {
    this.seen.push(`${this.#cast.minute} ${subject} ${words}`);
  }
}

/** Who, the longest verb that fits, and the rest. */
const LINE = new RegExp(
  `^(\\S+) (${['becomes', 'explains', ...Object.keys(VERBS)]
    .toSorted((a, b) => b.length - a.length)
    .join('|')})(?: (.*))?$`,
);
