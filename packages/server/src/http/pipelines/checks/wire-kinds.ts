import type { CheckKindName, CheckSettings } from '@signalbox/model';
import { Problem } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { approvalKind } from './approval-kind.ts';
import { branchControlKind } from './branch-control-kind.ts';
import { businessHoursKind } from './business-hours-kind.ts';
import { evaluateArtifactKind } from './evaluate-artifact-kind.ts';
import { invokeKind } from './invoke-kind.ts';
import { requiredTemplateKind } from './required-template-kind.ts';
import type { TaskDefinition, WireKind } from './wire-kind.ts';

/** Every kind of check on the wire; the exclusive lock is not among them: it is a lock (LOCK-20). */
export const WIRE_KINDS: {
  readonly [K in CheckKindName]: WireKind<Extract<CheckSettings, { kind: K }>>;
} = {
  approval: approvalKind,
  branchControl: branchControlKind,
  businessHours: businessHoursKind,
  evaluateArtifact: evaluateArtifactKind,
  invoke: invokeKind,
  requiredTemplate: requiredTemplateKind,
};

/** A kind that a body names, and the task where it has one. */
export interface NamedKind {
  readonly name: CheckKindName;
  readonly kind: WireKind<CheckSettings>;
  readonly task: TaskDefinition | undefined;
}

/** The kind that `type.id` and, for task checks, `settings.definitionRef.id` name; names are not looked at (CHK-3). */
export function kindOfBody(body: Fields): NamedKind {
  const type = body.object('type').text('id')?.toLowerCase();
  const ofType = kinds().filter(({ kind }) => kind.type.id === type);
  if (ofType.length === 0) throw unsupported(`Checks of the type ${type ?? '(none)'}`, typesText());
  const [only] = ofType;
  if (only?.kind.tasks.length === 0) return { ...only, task: undefined };
  const wanted = body.object('settings').object('definitionRef').text('id')?.toLowerCase();
  for (const one of ofType) {
    const task = one.kind.tasks.find(({ id }) => id === wanted);
    if (task !== undefined) return { ...one, task };
  }
  throw unsupported(`Task checks of the definition ${wanted ?? '(none)'}`, tasksText());
}

/** The kind of a check that is known. */
export function kindOfSettings({ kind: name }: CheckSettings): NamedKind {
  return { name, kind: WIRE_KINDS[name], task: undefined };
}

function kinds(): readonly Omit<NamedKind, 'task'>[] {
  return Object.entries(WIRE_KINDS).map(([name, kind]) => ({ name: name as CheckKindName, kind }));
}

function typesText(): string {
  return kinds()
    .map(({ kind }) => `${kind.type.id} (${kind.title})`)
    .join(', ');
}

function tasksText(): string {
  return kinds()
    .flatMap(({ kind }) => kind.tasks.map(({ id }) => `${id} (${kind.title})`))
    .join(', ');
}

function unsupported(what: string, known: string): Problem {
  const message = `${what} are not supported; known are: ${known}.`;
  return new Problem(400, 'CheckTypeNotSupportedException', message);
}
