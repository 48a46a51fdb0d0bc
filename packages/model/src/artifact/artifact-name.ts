/** Longest name of an artifact, in characters. */
const NAME_LENGTH = 256;

/** What a file name must not have (ART-2), and control characters. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN = /[\u0000-\u001f"*/:<>?\\|]/;

/** Why a text cannot be the name of an artifact (ART-2); undefined: it can. */
export function artifactNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'The name of the artifact is missing.';
  if (name.length > NAME_LENGTH) return `The name of the artifact has more than ${NAME_LENGTH} characters.`;
  if (FORBIDDEN.test(name)) {
    return `The artifact name "${name}" is not valid. It cannot contain \\ / " : < > | * ? or control characters.`;
  }
  return name === '.' || name === '..' ? `The artifact name "${name}" is not valid.` : undefined;
}

/** The name of an artifact that was given none (ART-2): of its job, without what a file name cannot have. */
export function generatedArtifactName(stage: string, job: string): string {
  const parts = [stage, job].filter((one) => one !== '' && !one.startsWith('__'));
  return ['drop', ...parts].join('_');
}
