import { MACHINE_TAGS, TAG_LENGTH } from '../../limits.ts';
import { badRequest } from '../problem.ts';

/** The tags of a machine: texts without commas, each once, letter case aside (ENV-5). */
export function readMachineTags(list: readonly unknown[]): readonly string[] {
  if (list.length > MACHINE_TAGS) throw badRequest(`A machine has at most ${MACHINE_TAGS} tags.`);
  const tags = new Map<string, string>();
  for (const one of list) {
    const tag = typeof one === 'string' ? one.trim() : '';
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    if (tag === '' || tag.length > TAG_LENGTH || /[\u0000-\u001F\u007F,]/.test(tag)) {
      throw badRequest(`A tag is a text of at most ${TAG_LENGTH} characters without commas.`);
    }
    if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}
