import { fold, fullRef, type RequiredTemplate, type RequiredTemplateSettings } from '@signalbox/model';
import type { CheckFacts, CheckKind, TemplatePlace } from './kind.ts';
import { staticKind, type StaticProgress } from './static-kind.ts';

/** The required template: the pipeline has to extend one of those that are named, itself or by a template (CHK-60). */
export const requiredTemplate: CheckKind<RequiredTemplateSettings, StaticProgress, never> = staticKind({
  kind: 'requiredTemplate',
  name: () => 'Required template',
  problemOf: ({ templates }, facts) => {
    const { extended } = facts;
    if (templates.some((wanted) => extended.some((one) => isTemplate(one, wanted, facts)))) return undefined;
    const required = templates.map(requiredText).join(' or ');
    return `the pipeline has to extend ${required}, but ${extendedText(extended)}`;
  },
});

function isTemplate(
  { type, name, ref, path }: TemplatePlace,
  wanted: RequiredTemplate,
  { project }: CheckFacts,
): boolean {
  return (
    type === wanted.repositoryType &&
    bareName(name, project) === bareName(wanted.repositoryName, project) &&
    fullRef(ref) === fullRef(wanted.repositoryRef) &&
    barePath(path) === barePath(wanted.templatePath)
  );
}

/** A repository of the same project needs no project before its name; letter case does not count. */
function bareName(name: string, project: string): string {
  const folded = fold(name);
  const prefix = `${fold(project)}/`;
  return folded.startsWith(prefix) ? folded.slice(prefix.length) : folded;
}

function barePath(path: string): string {
  return path.replace(/\\/g, '/').replace(/^(?:\.?\/)+/, '');
}

function requiredText({ repositoryName, repositoryRef, templatePath }: RequiredTemplate): string {
  return `${templatePath} of ${repositoryName} at ${repositoryRef}`;
}

function extendedText(extended: readonly TemplatePlace[]): string {
  if (extended.length === 0) return 'it extends none';
  return `it extends ${extended.map(({ name, ref, path }) => `${path} of ${name} at ${fullRef(ref)}`).join(', ')}`;
}
