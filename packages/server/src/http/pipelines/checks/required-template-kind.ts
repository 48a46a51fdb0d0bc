import { EXTENDS_CHECK, type EnumTable } from '@signalbox/api';
import {
  DEFAULT_CHECK_MINUTES,
  type RequiredTemplate,
  type RequiredTemplateSettings,
  type TemplateRepositoryType,
} from '@signalbox/model';
import { fieldsOf } from '../../read/fields.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { WireKind } from './wire-kind.ts';

const TYPES: EnumTable<TemplateRepositoryType> = { git: 1, github: 2, githubenterprise: 3, bitbucket: 4 };
const ENTRY = ['repositoryType', 'repositoryName', 'repositoryRef', 'templatePath'];

/** The required template on the wire (CHK-60). */
export const requiredTemplateKind: WireKind<RequiredTemplateSettings> = {
  title: 'a required template',
  type: { id: EXTENDS_CHECK, name: 'ExtendsCheck' },
  tasks: [],
  defaultMinutes: DEFAULT_CHECK_MINUTES,
  async read(settings, { base }) {
    refuseUnknown(settings, ['extendsChecks'], 'A required template');
    const templates = settings.has('extendsChecks')
      ? settings.list('extendsChecks').map(readTemplate)
      : (base?.templates ?? []);
    return { kind: 'requiredTemplate', templates };
  },
  write: ({ templates }) => ({ extendsChecks: templates }),
};

function readTemplate(value: unknown): RequiredTemplate {
  const fields = fieldsOf(value, 'Each of "extendsChecks"');
  refuseUnknown(fields, ENTRY, 'Each of "extendsChecks"');
  return {
    repositoryType: fields.word('repositoryType', TYPES) ?? 'git',
    repositoryName: fields.text('repositoryName') ?? '',
    repositoryRef: fields.text('repositoryRef') ?? '',
    templatePath: fields.text('templatePath') ?? '',
  };
}
