import { EXTENDS_CHECK } from '@signalbox/api';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Context } from '../context.ts';
import { createCheck, type NewCheckOptions } from './create-check.ts';

interface TemplateOptions extends NewCheckOptions {
  readonly template: readonly PlacedTemplate[];
  readonly type?: string;
}

interface PlacedTemplate {
  readonly templatePath: string;
  readonly repositoryName: string;
  readonly repositoryRef: string;
}

/** `signalbox checks add required-template`: what pipelines have to extend. */
export function addRequiredTemplate(add: Command, context: Context): void {
  add
    .command('required-template')
    .requiredOption('--environment <name>', 'the environment that it protects')
    .requiredOption(
      '--template <path@repository[#ref]>',
      'a template that may be extended; repeat it for alternatives (default ref: main)',
      collectTemplate,
    )
    .addOption(
      new Option('--type <word>', 'the kind of their repository, as files write it (default: git)').choices([
        'git',
        'github',
        'githubenterprise',
        'bitbucket',
      ]),
    )
    .option('--project <name>', 'the project (default: the only one)')
    .description('Let only pipelines that extend a template deploy to an environment.')
    .addHelpText(
      'after',
      '\nExamples:\n  signalbox checks add required-template --environment production --template secure.yml@templates\n' +
        '  signalbox checks add required-template --environment production --template ci/base.yml@org/shared#refs/tags/v2 --type github',
    )
    .action((options: TemplateOptions) => createCheck(context, options, EXTENDS_CHECK, settingsOf(options)));
}

function settingsOf({ template, type = 'git' }: TemplateOptions): Readonly<Record<string, unknown>> {
  return { extendsChecks: template.map((one) => ({ repositoryType: type, ...one })) };
}

function collectTemplate(text: string, before: readonly PlacedTemplate[] = []): readonly PlacedTemplate[] {
  const parts = /^([^@#]+)@([^@#]+)(?:#([^@#]+))?$/.exec(text);
  const [, templatePath, repositoryName, ref = 'main'] = parts ?? [];
  if (templatePath === undefined || repositoryName === undefined)
    throw new InvalidArgumentError('It looks like secure.yml@templates, or secure.yml@templates#release.');
  const repositoryRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  return [...before, { templatePath, repositoryName, repositoryRef }];
}
