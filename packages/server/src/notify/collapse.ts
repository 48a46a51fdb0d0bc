import { nameGuid } from '../guid.ts';
import type { Fact, Told } from './notice.ts';

/** Lines of one message; what is beyond is counted. */
const SHOWN = 20;

/**
 * What happens at once becomes one message for people. A webhook gets every event: programs do not mind, and count on
 * it.
 */
export function collapse(all: readonly Told[]): readonly Pick<Told, 'id' | 'notice'>[] {
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined || all.length === 1) return all;
  const facts: Fact[] = all
    .slice(0, SHOWN)
    .map(({ notice }) => ({ name: notice.at.slice(11, 19), text: notice.title }));
  const more = all.length - SHOWN;
  const { projectId, link } = last.notice;
  return [
    {
      id: nameGuid('told', `${first.id}:${last.id}`),
      notice: {
        event: 'several',
        at: last.notice.at,
        title: `${all.length} things happened at once.`,
        facts: more > 0 ? [...facts, { name: 'And', text: `${more} more` }] : facts,
        link,
        resource: {},
        projectId,
      },
    },
  ];
}
