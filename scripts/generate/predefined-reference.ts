import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../run.ts';
import type { GeneratedFile } from './generated-file.ts';
import { markdown } from './markdown.ts';
import { table } from './table.ts';

/** A variable of `spec/agent/predefined.yml`. */
interface Predefined {
  readonly name: string;
  readonly about: string;
  readonly agent?: true;
  readonly template?: true;
  readonly secret?: true;
  readonly in?: string;
  readonly missing?: string;
}

/** `docs/reference/predefined-variables.md`: every variable that a run has without anybody defining it. */
export function predefinedReference(): readonly GeneratedFile[] {
  const all = parse(readFileSync(join(root, 'spec/agent/predefined.yml'), 'utf8')) as readonly Predefined[];
  const there = all.filter(({ missing }) => missing === undefined);
  const missing = all.filter((one) => one.missing !== undefined);
  const text = `${INTRODUCTION}
${table(
  ['variable', 'what it holds', 'read by', 'in'],
  there.map((one) => [
    `\`${one.name}\``,
    markdown(one.about),
    readers(one),
    RUNS[one.in ?? ''] ?? one.in ?? '',
  ]),
)}
## Not there

${table(
  ['variable', 'why'],
  missing.map((one) => [`\`${one.name}\``, markdown(one.missing ?? '')]),
)}
<!-- prettier-ignore-end -->
`;
  return [{ path: 'docs/reference/predefined-variables.md', text }];
}

function readers({ agent, template, secret }: Predefined): string {
  const expressions = agent === true ? [] : ['`$[ ]`, conditions'];
  const early = template === true ? ['`${{ }}`'] : [];
  const environment = secret === true ? 'steps, where mapped' : 'steps';
  return [...early, ...expressions, environment].join(', ');
}

/** The words of the table for the runs that have a variable. */
const RUNS: Readonly<Record<string, string>> = {
  '': 'every run',
  checks: 'inputs of checks',
  containers: 'jobs with containers',
  deployments: 'deployment jobs',
  identities: 'runs for somebody with an address',
  machines: 'deployments to machines',
  matrices: 'matrix and parallel jobs',
  pullRequests: 'runs of pull requests',
  resourceTriggers: 'runs that a resource started',
  schedules: 'scheduled runs',
  users: 'runs whose user sets it',
};

const INTRODUCTION = `# Predefined variables

What a run has without anybody defining it. A step reads a variable as \`$(Name)\`, in conditions as
\`variables['Name']\`, and in its environment by its name in upper case with \`_\` for \`.\`: \`BUILD_BUILDID\`. Names ignore
letter case; a file cannot define them. Secrets are in no environment unless \`env\` maps them. This page is generated
from \`spec/agent/predefined.yml\`, which a test runs.

<!-- prettier-ignore-start -->
`;
