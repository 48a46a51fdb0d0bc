import { language, languageTables } from '../../packages/compiler/src/index.ts';
import type { LanguageKey, Shape } from '../../packages/compiler/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

/** `docs/reference/keys.md`: every key of the language, from the tables that the compiler reads by. */
export function keysReference(): readonly GeneratedFile[] {
  const summaries = languageTables();
  const all = [...language()];
  const shared = keysOfEveryStep(all);
  const sections = all.map(([name, keys]) => {
    const own = isStep(name) ? keys.filter((key) => !shared.includes(key.name)) : keys;
    const more = isStep(name) ? '\nAnd the [keys of every step](#every-step).\n' : '';
    return section(name, summaries.get(name) ?? '', own) + more;
  });
  const steps = all.find(([name]) => isStep(name))?.[1].filter(({ name }) => shared.includes(name)) ?? [];
  const first = all.findIndex(([name]) => isStep(name));
  sections.splice(first, 0, section('every step', 'What every step may have, whatever it does.', steps));
  const text = [INTRODUCTION, ...sections, '<!-- prettier-ignore-end -->\n'].join('\n');
  return [{ path: 'docs/reference/keys.md', text }];
}

const INTRODUCTION = `# Keys

Every mapping of \`azure-pipelines.yml\` and its keys, as the compiler reads them. Keys are written exactly as here; an
unknown one is refused. \`\${{ }}\` may stand in every value and key but those of \`trigger\`, \`pr\` and \`schedules\`, of a
\`trigger\` in \`resources\`, and of \`parameters\`. What Signalbox reads but no run can do yet is refused when a run is queued,
with the code \`not-supported-yet\`.

[azure-pipelines.schema.json](azure-pipelines.schema.json) says the same to an editor. This page is generated.

<!-- prettier-ignore-start -->
`;

type Table = readonly [name: string, keys: readonly LanguageKey[]];

function isStep(name: string): boolean {
  return name.endsWith(' step');
}

function keysOfEveryStep(all: readonly Table[]): readonly string[] {
  const steps = all.filter(([name]) => isStep(name)).map(([, keys]) => keys.map(({ name }) => name));
  const [first = [], ...others] = steps;
  return first.filter((name) => others.every((names) => names.includes(name)));
}

function section(name: string, summary: string, keys: readonly LanguageKey[]): string {
  const lines = keys.map((key) => [
    `\`${key.name}\`${key.required ? ' (required)' : ''}`,
    cell(valueOf(key.shape)),
    cell(key.summary),
  ]);
  return `## ${name}\n\n${summary}\n\n${table(['key', 'value', 'meaning'], lines)}`;
}

/** A value in words; tables and lists link to their sections. */
function valueOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'text';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return `${shape.min} to ${shape.max}`;
    case 'choice':
      return shape.choices.map((one) => `\`${one}\``).join(', ');
    case 'texts':
      return 'text, or a list of texts';
    case 'textMap':
      return 'names, each with a text';
    case 'map':
      return `names, each with: ${valueOf(shape.values)}`;
    case 'mapping':
      return link(shape.of);
    case 'list':
      return `list of ${shape.of.map(link).join(', ')}`;
    case 'oneOf':
      return shape.shapes.map(valueOf).join('; or ');
    case 'any':
      return 'anything';
  }
}

function link(name: string): string {
  const target = name === 'step' ? 'every step' : name;
  return `[${name}](#${target.replaceAll(' ', '-').toLowerCase()})`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
