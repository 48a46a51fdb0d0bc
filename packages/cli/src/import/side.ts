import { fold } from '@signalbox/model';
import type { Remote } from './remote.ts';
import type { AreaName } from './report.ts';

/** One of the two servers, with what was read of the project on it. */
export interface Side {
  readonly remote: Remote;
  /** The project's name, as addresses take it. */
  readonly project: string;
  /** The project's id; empty: it is not there yet. */
  readonly projectId: string;
  /** True when this run made the project: nobody changed its settings yet. */
  readonly isNew: boolean;
  /** True when the server is a Signalbox: what it leaves out means other things in places. */
  readonly isSignalbox: boolean;
  /** Remembers what there is of an area, in place of what was known of it. */
  learn(area: AreaName, things: readonly { readonly id: string; readonly name: string }[]): void;
  nameOf(area: AreaName, id: string): string | undefined;
  idOf(area: AreaName, name: string): string | undefined;
  /** What was learned of an area. */
  known(area: AreaName): readonly { readonly id: string; readonly name: string }[];
}

/** A side that knows nothing yet. Names and ids are compared whatever the letter case. */
export function createSide(
  of: Pick<Side, 'remote' | 'project' | 'projectId' | 'isNew' | 'isSignalbox'>,
): Side {
  const learned = new Map<AreaName, readonly { readonly id: string; readonly name: string }[]>();
  const known: Side['known'] = (area) => learned.get(area) ?? [];
  return {
    ...of,
    known,
    learn: (area, things) => void learned.set(area, things),
    nameOf: (area, id) => known(area).find((one) => fold(one.id) === fold(id))?.name,
    idOf: (area, name) => known(area).find((one) => fold(one.name) === fold(name))?.id,
  };
}
