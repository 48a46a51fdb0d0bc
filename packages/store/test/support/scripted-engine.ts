import type { Birth, Effect, Mail, Reply, RunState, WorkingCopy } from '@signalbox/engine';
import type { Engine } from '@signalbox/store';

/** A message that says itself what it does: the store is tested without any rule of the engine. */
export interface Script {
  readonly type: 'Script';
  /** Asked for before deciding; the answers are the reply. */
  readonly needs?: readonly unknown[];
  readonly events?: readonly unknown[];
  readonly changes?: readonly unknown[];
  readonly mail?: readonly Mail[];
  readonly effects?: readonly Effect[];
  readonly births?: readonly Birth[];
  readonly reply?: Reply;
  /** Throws this instead of deciding. */
  readonly throws?: string;
}

type AnyCopy = WorkingCopy<unknown, unknown, unknown, unknown, unknown>;

/** Letters in the order in which they were handled, with the `now` they saw. */
export interface Handling {
  readonly aggregate: string;
  readonly script: Script;
  readonly now: number;
}

/** An engine that does what the messages say. */
export function scriptedEngine(handled: Handling[] = []): Engine {
  const copy = (aggregate: string): AnyCopy => {
    const changes: unknown[] = [];
    let answers: readonly unknown[] | undefined;
    return {
      handle(message, now) {
        const script = message as Script;
        if (script.throws !== undefined) throw new Error(script.throws);
        if (script.needs !== undefined && answers === undefined)
          return { kind: 'needs', needs: script.needs };
        const found = answers;
        answers = undefined;
        changes.push(...(script.changes ?? []));
        handled.push({ aggregate, script, now });
        const reply =
          found === undefined
            ? script.reply
            : ({ ok: true, value: JSON.parse(JSON.stringify(found)) } as Reply);
        return {
          kind: 'decided',
          births: script.births ?? [],
          outcome: {
            events: script.events ?? [],
            mail: script.mail ?? [],
            effects: script.effects ?? [],
            ...(reply !== undefined && { reply }),
          },
        };
      },
      supply(given) {
        answers = [...(answers ?? []), ...given];
      },
      changes: () => changes,
    };
  };
  return {
    run: (id) => copy(`run:${id}`),
    interlocking: (id) => copy(`interlocking:${id}`),
    pool: (id) => copy(`pool:${id}`),
    trigger: (id) => copy(`trigger:${id}`),
    born: ({ identity }): RunState => ({ ...identity, status: 'notStarted', stages: [] }),
  } as Engine;
}

/** Mail that carries a script. */
export function script(to: Mail['to'], what: Omit<Script, 'type'>, due?: number): Mail {
  return { to, body: { type: 'Script', ...what }, ...(due !== undefined && { due }) } as unknown as Mail;
}
