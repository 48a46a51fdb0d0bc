import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../packages/cli/src/program.ts';
import {
  LANES_SUMMARY,
  LOCK_PRESETS,
  LOCK_SETTINGS,
  PRESET_SUMMARY,
  SPAN_SUMMARY,
  type LockSettingValues,
} from '../../packages/model/src/index.ts';
import { root } from '../run.ts';
import type { GeneratedFile } from './generated-file.ts';
import { silentTerminal } from './silent-terminal.ts';
import { table } from './table.ts';

const PAGE = 'docs/reference/settings.md';
const PLACE = /(<!-- lock policy: generated -->\n).*?(<!-- \/lock policy -->\n)/s;

/** In `docs/reference/settings.md`, the table of a lock's settings; the rest of the page is written by hand. */
export function lockPolicyTable(): readonly GeneratedFile[] {
  const page = readFileSync(join(root, PAGE), 'utf8');
  if (!PLACE.test(page)) throw new Error(`${PAGE} has no place for the lock policy.`);
  const options = optionsOfLocks();
  const lines: (readonly string[])[] = LOCK_SETTINGS.map(({ name, summary, default: initial, values }) => {
    const option = options.get(name.replace(/Minutes$/, ''));
    return [
      `\`${name}\``,
      option === undefined ? '' : `\`${option}\``,
      valuesText(values),
      `\`${initial}\``,
      summary,
    ];
  });
  lines.push(
    ['`span`', '`--span`', '`stage`, `run`, `{ through: { PIPELINE: STAGE } }`', '`stage`', SPAN_SUMMARY],
    LANES,
  );
  const settings = table(['setting', 'option of `locks`', 'values', 'default', 'meaning'], lines);
  const text = `${settings}\n${PRESETS}`;
  return [
    {
      path: PAGE,
      text: page.replace(PLACE, (_all, start: string, end: string) => `${start}\n${text}\n${end}`),
    },
  ];
}

const LANES: readonly string[] = [
  '`lanes`',
  '`--lane`',
  'up to 8 of `{ name, branches, headStartMinutes }`',
  'none',
  LANES_SUMMARY,
];

/** What each preset stands for. */
const PRESETS = `\`preset\` (\`--preset\`): ${PRESET_SUMMARY} Of a lock only the settings are kept, not the name of the preset.

${table(
  ['preset', 'stands for', 'meaning'],
  LOCK_PRESETS.map(({ name, settings, summary }) => [
    `\`${name}\``,
    Object.entries(settings)
      .map(([setting, value]) => `\`${setting}: ${JSON.stringify(value).replaceAll('"', '')}\``)
      .join(', '),
    summary,
  ]),
)}`;

/** The options of `signalbox locks set`, by the names of the settings without their units. */
function optionsOfLocks(): ReadonlyMap<string, string> {
  const locks = createProgram(silentTerminal()).commands.find((one) => one.name() === 'locks');
  const set = locks?.commands.find((one) => one.name() === 'set');
  return new Map(set?.options.map((option) => [option.attributeName(), option.long ?? '']));
}

function valuesText(values: LockSettingValues): string {
  if (values.kind === 'words') return values.words.map((word) => `\`${word}\``).join(', ');
  return `${values.least.toLocaleString('en-US')} to ${values.most.toLocaleString('en-US')}`;
}
