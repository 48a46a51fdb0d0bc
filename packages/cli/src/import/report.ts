/** What is brought over, in the order in which it is. */
export const AREAS = [
  'project',
  'setting',
  'queue',
  'connection',
  'variable-group',
  'secure-file',
  'environment',
  'repository',
  'folder',
  'pipeline',
  'check',
  'approver',
  'permission',
] as const;

/** One of `AREAS`. */
export type AreaName = (typeof AREAS)[number];

/** What somebody has to know: a stable code, what is the matter, and how to mend it. */
export interface Remark {
  readonly code: RemarkCode;
  readonly what: string;
  readonly mend: string;
}

/** The codes of the report; `docs/guide/import.md` has a row for each. */
export type RemarkCode =
  | 'differs'
  | 'refused'
  | 'unreadable'
  | 'connection-type'
  | 'variable-group-type'
  | 'classic-pipeline'
  | 'resource-type'
  | 'secret-to-enter'
  | 'file-to-upload'
  | 'agents-to-start'
  | 'machine-to-register'
  | 'repository-access'
  | 'approver-unknown'
  | 'pipeline-not-here';

/**
 * One line of the report. `same`, `created` and `would-create` are in order; `to-do` is for somebody to do by hand;
 * the others are not as they are at the source.
 */
export interface ReportRow {
  readonly result: 'created' | 'would-create' | 'same' | 'to-do' | 'differs' | 'cannot' | 'unreadable';
  readonly area: AreaName;
  readonly name: string;
  readonly remark?: Remark;
}

/** Whether everything is here as it is there, up to what is to be done by hand. */
export function isComplete(rows: readonly ReportRow[]): boolean {
  return rows.every(({ result }) => !['differs', 'cannot', 'unreadable'].includes(result));
}
