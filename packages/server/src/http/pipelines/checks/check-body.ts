import { badRequest, conflict } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { refuseUnknown } from './refuse-unknown.ts';

/** What a check has on the wire. Clients send back what they read, so all of it may be written. */
const KNOWN = [
  'id',
  'type',
  'resource',
  'settings',
  'timeout',
  'isDisabled',
  'version',
  'url',
  '_links',
  'createdBy',
  'createdOn',
  'modifiedBy',
  'modifiedOn',
  'issue',
];

/** Refuses a body with a field that no check has. */
export function checkFields(body: Fields): void {
  refuseUnknown(body, KNOWN, 'A check');
}

/**
 * Refuses what a change cannot do: it keeps the check's type and resource, and is meant for the version that there is.
 */
export function checkChange(
  body: Fields,
  known: {
    readonly version: number;
    readonly type: string;
    readonly resource: { readonly type: string; readonly id: string };
  },
): void {
  checkFields(body);
  if (body.has('type') && body.object('type').text('id')?.toLowerCase() !== known.type) {
    throw badRequest('A check cannot become one of another type; delete it and add another.');
  }
  const resource = body.object('resource');
  const type = resource.text('type')?.toLowerCase() ?? known.resource.type;
  const id = resource.textOrNumber('id') ?? known.resource.id;
  if (type !== known.resource.type || id !== known.resource.id) {
    throw badRequest('A check stays at its resource; delete it and add another.');
  }
  const version = body.number('version') ?? known.version;
  if (version === known.version) return;
  const message = `The check has version ${known.version}, not ${version}: somebody changed it; read it again.`;
  throw conflict('CheckConfigurationVersionConflictException', message, 'stale-revision');
}
