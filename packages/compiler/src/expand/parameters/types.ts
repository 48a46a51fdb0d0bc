import type { ListPlace } from '../place.ts';

/** How a value of a type is made. */
export type TypeRow =
  | { readonly form: 'text' | 'number' | 'boolean' | 'text list' | 'data' | 'raw data' }
  /** A list, or one item, of a structure of the language; `begins` are the keys that may come first. */
  | {
      readonly form: 'structure';
      readonly list: boolean;
      readonly place: ListPlace | 'data';
      readonly begins: readonly string[];
    };

const steps = [
  'task',
  'script',
  'bash',
  'pwsh',
  'powershell',
  'checkout',
  'download',
  'downloadBuild',
  'getPackage',
  'publish',
  'reviewApp',
];

function structure(place: ListPlace | 'data', begins: readonly string[], list: boolean): TypeRow {
  return { form: 'structure', list, place, begins };
}

/** The types that parameters have everywhere (REC-45). */
const everywhere: Readonly<Record<string, TypeRow>> = {
  string: { form: 'text' },
  stringList: { form: 'text list' },
  number: { form: 'number' },
  boolean: { form: 'boolean' },
  object: { form: 'data' },
  step: structure('steps', steps, false),
  stepList: structure('steps', steps, true),
  job: structure('jobs', ['job', 'deployment'], false),
  jobList: structure('jobs', ['job', 'deployment'], true),
  deployment: structure('jobs', ['deployment'], false),
  deploymentList: structure('jobs', ['deployment'], true),
  stage: structure('stages', ['stage'], false),
  stageList: structure('stages', ['stage'], true),
  container: structure('data', ['container'], false),
  containerList: structure('data', ['container'], true),
};

const text: TypeRow = { form: 'text' };

/** The types of the root's parameters by name; names are case-sensitive (REC-46, REC-47). */
export const rootTypes: ReadonlyMap<string, TypeRow> = new Map([
  ...Object.entries(everywhere),
  ['environment', text],
  ['filePath', text],
  ['pool', text],
  ['secureFile', text],
  ['serviceConnection', text],
]);

/** The types of a template's parameters by name (REC-46). */
export const templateTypes: ReadonlyMap<string, TypeRow> = new Map([
  ...Object.entries(everywhere),
  ['legacyObject', { form: 'raw data' }],
]);
