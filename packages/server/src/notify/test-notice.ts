import type { Instant } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { projectPageUrl, wireTime } from '../http/shape/common.ts';
import { factsOf, type Notice } from './notice.ts';

/** What the test of a subscription says. */
export function testNotice(
  app: App,
  project: ProjectRow,
  { name, by, at }: { readonly name: string; readonly by: string; readonly at: Instant },
): Notice {
  return {
    event: 'test',
    at: wireTime(at),
    title: `A test of the subscription ${name}.`,
    facts: factsOf(['Project', project.name], ['By', by]),
    link: projectPageUrl(app, project),
    resource: { projectId: project.guid, by },
    projectId: project.guid,
  };
}
