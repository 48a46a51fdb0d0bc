/** One file, in UTF-8 bytes (REC-155). */
export const MAX_FILE_BYTES = 1_048_576;

/** Nesting of the parsed structure (REC-155); `yaml` itself overflows the stack near 790 flow levels. */
export const MAX_DEPTH = 100;

/** Entries of one mapping. No real file comes near; ten thousand is where careless checks turn quadratic. */
export const MAX_KEYS_PER_MAPPING = 10_000;

/** Characters of one mapping key; YAML 1.2 allows an implicit key no more. */
export const MAX_KEY_LENGTH = 1_024;

/**
 * Lexer tokens of one file, white space included: they cost time, not bytes. A pipeline of 1,000 stages and 5,000
 * jobs has about 130,000; a megabyte of line breaks would have a million and take over a second (2 cores, 2026-11).
 */
export const MAX_TOKENS = 300_000;

/** Files of one pipeline, its own included (REC-155). */
export const MAX_TEMPLATE_FILES = 100;

/** Characters of the path of a template; file systems take no longer ones. */
export const MAX_PATH_LENGTH = 1_024;

/** Values that an expansion may build, and turns that its loops may take: it catches fan-outs of templates. */
export const MAX_EXPANDED_NODES = 200_000;

/** Characters that an expansion may build: the 20,971,520 bytes of the service at two bytes each (REC-155). */
export const MAX_EXPANDED_CHARACTERS = 10_485_760;

/** Quoted scalars with wrongly indented lines that one file may have; each costs a pass over the file. */
export const MAX_QUOTED_REPAIRS = 10;

/** Diagnostics that are reported; further ones are only counted. */
export const MAX_DIAGNOSTICS = 100;

/** Expressions that fail in one expansion, repetitions in loops included, before it gives up. */
export const MAX_FAILED_EVALUATIONS = 500;

/**
 * Characters of expressions, each times the stages or jobs beside it, that warnings look at: a few hundred stages with
 * ordinary conditions. Beyond it nobody is warned any more.
 */
export const MAX_WARNING_EFFORT = 10_000_000;

/** References to templates that one diagnostic prints; a cycle has a hundred. */
export const MAX_CHAIN_SHOWN = 10;

/** Characters of an author's text that a message quotes. */
export const MAX_QUOTED = 80;

/** Stages of one pipeline. */
export const MAX_STAGES = 1_000;

/** Jobs of one stage (YAML-8). */
export const MAX_JOBS_PER_STAGE = 256;

/** Jobs of one pipeline. */
export const MAX_JOBS = 5_000;

/** Dependencies between stages, and between the jobs of one stage. */
export const MAX_EDGES = 50_000;

/** Characters of a stage or job name (NAME-1). */
export const MAX_NAME_LENGTH = 100;

/** Characters of the name of an environment, a pipeline or a lock in a policy file; the server takes no more. */
export const MAX_RESOURCE_NAME_LENGTH = 128;

/**
 * Minutes that a job may need to clean up after a cancellation (YAML-32). The documentation begins with 1, but
 * production files have 0.
 */
export const CANCEL_TIMEOUT_MINUTES: { readonly min: number; readonly max: number } = { min: 0, max: 35_790 };

/** The largest time-out in minutes: what fits a signed 32-bit number of milliseconds would be less; days suffice. */
export const MAX_TIMEOUT_MINUTES = 2_147_483_647;

/** Retries of one task (STEPY-1). */
export const MAX_TASK_RETRIES = 10;

/** Reasons that the explanation of one line gives; a chain of a hundred templates has as many. */
export const MAX_EXPLAINED = 200;
