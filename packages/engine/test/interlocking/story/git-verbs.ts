import type { CommitRelation } from '@signalbox/model';
import { fail } from './case.ts';
import type { Verb } from './verb.ts';

/** `git says r1 is older than r3`: the commit of r1, which waits, beside that of r3, which deployed. */
export const gitVerbs = {
  says(cast, _, rest) {
    const [, about = '', relation = '', base = ''] =
      /^(\S+) is (older|same|newer|diverged|unknown) (?:than|as|from|to) r(\d+)$/.exec(rest) ?? fail(rest);
    return {
      type: 'RunsCompared',
      bundle: cast.bundleId(about),
      base: Number(base),
      relation: relation as CommitRelation,
    };
  },
} as const satisfies Record<string, Verb>;
