import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../run.ts';

/** A rule of the language, or a recorded fact, as `spec/rules` lists it. */
export interface Rule {
  readonly id: string;
  readonly subject: string;
  /** What is not supported of it, and why. */
  readonly notSupported?: string;
  /** Why no case here can show it. */
  readonly notTestable?: string;
}

/** The rules of one file of `spec/rules`. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** The files of `spec/rules` in the order of the page, with the headings of the page. */
const GROUPS = [
  ['language', 'The pipeline file'],
  ['templates', 'Templates'],
  ['variables', 'The three times of evaluation'],
  ['expressions', 'Expressions'],
  ['outputs', 'Dependencies and outputs'],
  ['runs', 'The life of a run'],
  ['strategies', 'Machines of environments'],
  ['agents', 'Agents and pools'],
  ['jobs', 'Jobs on the agent'],
  ['artifacts', 'Artifacts'],
  ['logging', 'What steps say'],
  ['locks', 'The exclusive lock'],
  ['environments', 'Environments'],
  ['checks', 'Checks'],
  ['approvals', 'Approvals'],
  ['business-hours', 'Business hours'],
  ['hooks', 'Checks that ask HTTP services'],
  ['classic', 'The queue of classic releases'],
  ['queue', 'The laws of the queue, and its scenarios'],
  ['interactions', 'How features meet'],
  ['gaps', 'Where the documents are silent'],
  ['failures', 'How other queues failed'],
  ['tasks', 'Tasks'],
  ['recorded', 'Recorded from the real service'],
] as const;

/** Every listed rule, group by group. An entry is its subject, or a mapping with the subject and a reason. */
export function ruleGroups(): readonly RuleGroup[] {
  return GROUPS.map(([file, title]) => {
    const listed = parse(readFileSync(join(root, `spec/rules/${file}.yml`), 'utf8')) as Listed;
    const rules = Object.entries(listed).map(([id, entry]) =>
      typeof entry === 'string' ? { id, subject: entry } : { id, ...entry },
    );
    return { title, rules };
  });
}

type Listed = Readonly<Record<string, string | Omit<Rule, 'id'>>>;
