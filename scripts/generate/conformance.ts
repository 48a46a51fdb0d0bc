import { passedCases, type PassedCase } from './conformance-cases.ts';
import { ruleGroups, type Rule } from './conformance-rules.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

/** More would hide the page in its cells, and change it with every new case. */
const MAX_SHOWN = 3;

/** Longest name of a case that is shown whole. */
const MAX_NAME = 90;

/** `docs/reference/conformance.md`: every rule with the cases that passed just now, or why there is none. */
export function conformancePage(): readonly GeneratedFile[] {
  const groups = ruleGroups();
  const rules = groups.flatMap((group) => group.rules);
  const byRule = new Map<string, PassedCase[]>(rules.map(({ id }) => [id, []]));
  for (const one of passedCases(new Set(byRule.keys()))) {
    for (const id of one.rules) byRule.get(id)?.push(one);
  }
  const sections = groups.map(({ title, rules: members }) => {
    const lines = members.map((rule) => [rule.id, rule.subject, answer(rule, byRule.get(rule.id) ?? [])]);
    return `## ${title}\n\n${table(['rule', 'what it is about', 'shown by'], lines)}`;
  });
  const text = [HEADER, summaryOf(rules, byRule), ...sections, FOOTER].join('\n');
  return [{ path: 'docs/reference/conformance.md', text }];
}

function answer({ notSupported, notTestable }: Rule, cases: readonly PassedCase[]): string {
  const shown = cases.slice(0, MAX_SHOWN).map(({ file, name }) => `\`${file}\`: ${cell(name)}`);
  const parts = cases.length > MAX_SHOWN ? [...shown, '… and more'] : shown;
  if (notSupported !== undefined) parts.push(`**Not supported:** ${cell(notSupported)}`);
  if (notTestable !== undefined) parts.push(`**No case:** ${cell(notTestable)}`);
  return parts.length === 0 ? NOTHING : parts.join('<br>');
}

function summaryOf(rules: readonly Rule[], byRule: ReadonlyMap<string, readonly PassedCase[]>): string {
  const shown = rules.filter(({ id }) => byRule.get(id)?.length !== 0).length;
  const missing = rules.filter(({ notSupported }) => notSupported !== undefined).length;
  const elsewhere = rules.filter(({ notTestable }) => notTestable !== undefined).length;
  return (
    `Of ${rules.length} rules, ${shown} are shown by a case that passes. ${missing} are not supported, or only in ` +
    `part; ${elsewhere} have no case here, for the reason given.\n`
  );
}

/** Text as a cell of a table. */
function cell(text: string): string {
  const short = text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text;
  return short.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|~#&$]/g, (sign) => `\\${sign}`);
}

/** What a rule with neither case nor reason shows; a test refuses it. */
export const NOTHING = '**nothing**';

const HEADER = `# Conformance

What of the pipeline language is supported, rule by rule. The cases named here ran and passed when this page was made;
a case that fails or is skipped is not named. Rules are cited in \`spec/\` and in the names of tests; \`REC\` rules were
recorded from the real service. The tables of \`spec/\` are data, so that another implementation can run them. This
page is generated.

<!-- prettier-ignore-start -->
`;

const FOOTER = '<!-- prettier-ignore-end -->\n';
