import type { WireCheck } from '@signalbox/api';
import type { CheckedResource } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { Ask } from '../../ask.ts';

/** Where checks are kept: the exclusive lock among the locks, all others in rows of their own. */
export interface CheckHome {
  list(ask: Ask, project: ProjectRow): Promise<readonly WireCheck[]>;
  /** 404 when there is none; likewise below. */
  get(ask: Ask, project: ProjectRow, id: number): Promise<WireCheck>;
  /** Puts the check of the body on a resource. */
  create(ask: Ask, project: ProjectRow, resource: CheckedResource): Promise<WireCheck>;
  /** Changes it as the body says. */
  update(ask: Ask, project: ProjectRow, id: number): Promise<WireCheck>;
  remove(ask: Ask, project: ProjectRow, id: number): Promise<void>;
}
