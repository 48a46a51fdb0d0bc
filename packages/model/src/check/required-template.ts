/** The kinds of repository that a required template can lie in, in the published words (CHK-60). */
export const TEMPLATE_REPOSITORY_TYPES = ['git', 'github', 'githubenterprise', 'bitbucket'] as const;

/** One of those words. */
export type TemplateRepositoryType = (typeof TEMPLATE_REPOSITORY_TYPES)[number];

/** A template that a pipeline may extend. */
export interface RequiredTemplate {
  readonly repositoryType: TemplateRepositoryType;
  /** As files write it: `Project/Repository`, or `owner/repository`. */
  readonly repositoryName: string;
  /** The full ref: `refs/heads/main`, `refs/tags/v1`. */
  readonly repositoryRef: string;
  /** From the root of the repository. */
  readonly templatePath: string;
}

/** The settings of a required template: one of these has to be extended (CHK-60). */
export interface RequiredTemplateSettings {
  readonly kind: 'requiredTemplate';
  readonly templates: readonly RequiredTemplate[];
}

/** More alternatives than this are a mistake. */
export const MAX_REQUIRED_TEMPLATES = 50;

const MAX_TEXT = 400;

/** What is wrong with a required template, each in one sentence that says how to mend it; none: it can be saved. */
export function requiredTemplateProblems({ templates }: RequiredTemplateSettings): readonly string[] {
  if (templates.length === 0 || templates.length > MAX_REQUIRED_TEMPLATES) {
    return [`A required template names 1 to ${MAX_REQUIRED_TEMPLATES} templates; name them.`];
  }
  return [...new Set(templates.flatMap(templateProblems))];
}

function templateProblems(template: RequiredTemplate): readonly string[] {
  const { repositoryName, repositoryRef, templatePath } = template;
  const problems: string[] = [];
  if (!isText(repositoryName)) problems.push(`"repositoryName" has 1 to ${MAX_TEXT} characters; write it.`);
  if (!isText(repositoryRef) || !repositoryRef.startsWith('refs/')) {
    problems.push('"repositoryRef" is a full ref such as refs/heads/main; write it so.');
  }
  if (!isText(templatePath)) {
    problems.push(`"templatePath" is the path of a file, of 1 to ${MAX_TEXT} characters; write it.`);
  }
  return problems;
}

function isText(text: string): boolean {
  return text.trim() !== '' && text.length <= MAX_TEXT && !/\p{Cc}/u.test(text);
}
