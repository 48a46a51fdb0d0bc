import type { ArtifactSource } from '@signalbox/api';
import { badRequest } from '../http/problem.ts';
import type { Fields } from '../http/read/fields.ts';

/** Reads which run's artifacts are meant. */
export function readSource(fields: Fields): ArtifactSource {
  const kind = fields.text('kind') ?? '';
  switch (kind) {
    case 'current':
      return { kind: 'current' };
    case 'alias':
      return { kind: 'alias', alias: fields.text('alias') ?? '' };
    case 'specific':
      return readSpecific(fields);
    default:
      throw badRequest('"source" must be of kind "current", "alias" or "specific".');
  }
}

function readSpecific(fields: Fields): ArtifactSource {
  const [project, pipeline, branch] = [
    fields.text('project'),
    fields.text('pipeline'),
    fields.text('branch', 512),
  ];
  const run = fields.number('run');
  const tags = fields.list('tags').filter((tag) => typeof tag === 'string');
  return {
    kind: 'specific',
    ...(project !== undefined && { project }),
    ...(pipeline !== undefined && { pipeline }),
    ...(run !== undefined && { run }),
    ...(branch !== undefined && { branch }),
    ...(tags.length > 0 && { tags }),
    allowPartiallySucceeded: fields.flag('allowPartiallySucceeded') ?? false,
    allowFailed: fields.flag('allowFailed') ?? false,
  };
}
