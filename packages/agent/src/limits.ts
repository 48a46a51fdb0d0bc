import type { Millis } from '@signalbox/model';

/** First pause after a request that got no answer; doubles up to the ceiling, with jitter. */
export const RETRY_FIRST_MS: Millis = 100;

/** Ceiling of that pause: a server that was away is found again within this time. */
export const RETRY_CEILING_MS: Millis = 5_000;

/** A renewal that is not answered is given up after this long, or after the pace of renewals if that is longer. */
export const RENEWAL_PATIENCE_MS: Millis = 5_000;

/** How long a short request may take. */
export const REQUEST_TIMEOUT_MS: Millis = 30_000;

/** What a long poll may take beyond the time the server said it would hold it. */
export const POLL_MARGIN_MS: Millis = 15_000;

/** The pause after a long poll that was answered early and brought nothing. */
export const EARLY_ANSWER_MS: Millis = 100;

/** Facts wait this long for company, so that a job of a few milliseconds is one request. */
export const REPORT_LINGER_MS: Millis = 10;

/** The first wait-for-cancel is sent only now: most trivial jobs are over by then and spare the request. */
export const WAIT_DELAY_MS: Millis = 50;

/** A batch of log lines goes out when it is this old … */
export const LOG_LINGER_MS: Millis = 100;

/** … or this big: each batch is a request, and a write that the server waits for. */
export const LOG_BATCH_CHARS = 262_144;

/** … or has so many lines; the server takes twice as many. */
export const LOG_BATCH_LINES = 5_000;

/** Unsent log above this pauses the child's pipes: the memory of a stream is bounded (INV-62). */
export const LOG_HIGH_WATER_CHARS = 1_048_576;

/** Reading goes on below this. */
export const LOG_LOW_WATER_CHARS = 524_288;

/** A logged line is cut here, with a mark (INV-62). */
export const LOG_LINE_CHARS = 32_768;

/** A line is read up to this length: a logging command may carry more than a log line shows. */
export const READ_LINE_CHARS = 1_048_576;

/** The log of one step is cut here, with a mark (INV-62). */
export const STEP_LOG_CHARS = 268_435_456;

/** Errors, and likewise warnings, that are kept with a step; the counts go on (AGENT-12). */
export const ISSUES_KEPT = 10;

/** Characters of an issue; the server keeps as many. */
export const MESSAGE_CHARS = 4_000;

/** Child records of one step; the server keeps as many (LOG-12). */
export const STEP_DETAILS = 100;

/** Characters of the other texts of a record: what it does now, the path of an issue. */
export const DETAIL_CHARS = 1_024;

/** Between two reports of a step's progress, so that a step that counts to a million is not a million reports. */
export const PROGRESS_PAUSE_MS: Millis = 1_000;

/** Largest result file of a test program; the tree of its elements needs some times as much memory. */
export const RESULT_FILE_BYTES: number = 64 * 1024 * 1024;

/** Deepest nesting of a result file. */
export const XML_DEPTH = 200;

/** Characters of the name of a test, and of its class; the server takes no more. */
export const RESULT_NAME_CHARS = 1_024;

/** Characters of a test's message, and of its stack. */
export const RESULT_TEXT_CHARS = 4_000;

/** Characters of a step's display name. */
export const DISPLAY_NAME_CHARS = 1_024;

/** Characters of an output variable's name, its step's included, and of its value; the server takes no more. */
export const OUTPUT_CHARS: { readonly name: number; readonly value: number } = { name: 256, value: 32_768 };

/** Capabilities of one agent; the server takes no more. */
export const CAPABILITIES = 500;

/** How long a process may take after `task.complete done=true`; the service's agent waits as long (LOG-14). */
export const DONE_MS: Millis = 5_000;

/** What a task package may hold; the largest of the service's own unpacks to a tenth of it. */
export const PACKAGE_BOUNDS: { readonly files: number; readonly bytes: number } = {
  files: 50_000,
  bytes: 1_073_741_824,
};

/** What ExtractFiles unpacks of one archive: far more than any build makes, far less than a disk. */
export const EXTRACT_BOUNDS: { readonly files: number; readonly bytes: number } = {
  files: 2_000_000,
  bytes: 274_877_906_944,
};

/** How long a process may take after SIGINT, then after SIGTERM; Azure's agent waits as long (CANCEL-7). */
export const STOP_TIMINGS: StopTimings = { interruptMs: 7_500, terminateMs: 2_500 };

/** The pauses between the signals of a stop. */
export interface StopTimings {
  readonly interruptMs: Millis;
  readonly terminateMs: Millis;
  /** Absent: `DONE_MS`. */
  readonly doneMs?: Millis;
}

/** After its exit a process's output is awaited this long; a daemon may hold the pipe for ever. */
export const OUTPUT_GRACE_MS: Millis = 10_000;

/** What is read from a pipe after its process has exited; Linux pipes hold at most as much. */
export const AFTER_EXIT_BYTES = 1_048_576;

/** Kept back from a cancel's budget to kill, clean up and report before the server gives up (AGENT-9). */
export const CANCEL_RESERVE_MS: Millis = 5_000;

/** How long an agent that ends waits for its good-bye to be heard. */
export const LEAVE_MS: Millis = 2_000;

/** When the agent itself has to go at once, the last reports get this long. */
export const SHUTDOWN_REPORT_MS: Millis = 10_000;

/** A fetch that failed for the network's sake is tried again after each of these. */
export const FETCH_PAUSES_MS: readonly Millis[] = [1_000, 5_000];

/** Pauses between the questions whether a service is healthy; when all are over it is not. */
export const HEALTH_PAUSES_MS: readonly Millis[] = [
  1_000, 2_000, 3_000, 5_000, 8_000, 13_000, 21_000, 34_000, 55_000, 89_000,
];

/** Lines of a service's own log that are shown when the job is over, or when it is not healthy. */
export const SERVICE_LOG_LINES = 1_000;

/** Characters of one capability's value; `PATH` of a long-lived machine is the longest real one. */
export const CAPABILITY_CHARS = 4_096;

/** Derived forms, and lines, of a secret below this length would mask ordinary text (TH7). */
export const SECRET_FORM_CHARS = 3;

/** How long one content may take: 4 MiB over a slow line. */
export const CONTENT_TIMEOUT_MS: Millis = 60_000;

/** Contents of files on their way at once; as many of 4 MiB are in memory. */
export const CONTENTS_AT_ONCE = 4;

/** Files up to this size share contents: ten thousand of them are a few requests. */
export const SHARED_FILE_BYTES = 262_144;
