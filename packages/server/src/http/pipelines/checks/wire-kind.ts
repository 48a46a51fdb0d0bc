import type { WireCheckSettings } from '@signalbox/api';
import type { Instant, ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { Fields } from '../../read/fields.ts';

/** A task that task checks run (CHK-3). */
export interface TaskDefinition {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** What reading settings may need besides the body. */
export interface ReadContext<S> {
  readonly store: Store;
  readonly project: ProjectId;
  readonly now: Instant;
  /** The settings as they are: what is left out stays; absent: the check is new. */
  readonly base: S | undefined;
  /** The task that the body names; the first one of the kind where it names none. */
  readonly task: TaskDefinition | undefined;
}

/**
 * How one kind of check is written on the wire (REST.md §3.6). Adding a kind is one file with one of these, and its row
 * in `WIRE_KINDS`.
 */
export interface WireKind<S extends { readonly kind: string }> {
  /** How it is called in a refusal. */
  readonly title: string;
  /** Its type; ids are lower case, the name is not looked at. */
  readonly type: { readonly id: string; readonly name: string };
  /** The tasks that tell it apart from other kinds of its type; none: its type does. */
  readonly tasks: readonly TaskDefinition[];
  /** Its time-out in minutes where nothing is said (CHK-37). */
  readonly defaultMinutes: number;
  /** Reads the field `settings`; what it does not know is refused. What is wrong with the whole is asked afterwards. */
  read(settings: Fields, context: ReadContext<S>): Promise<S>;
  write(settings: S): WireCheckSettings;
}
