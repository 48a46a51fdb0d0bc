/** Largest request body: enough for any pipeline file and any batch of log lines (TH21). */
export const BODY_BYTES: number = 4 * 1024 * 1024;
/** Longest request target; browsers and clients stay far below. */
export const URL_BYTES: number = 16 * 1024;
/** Most request header fields; real clients send about twenty. */
export const HEADER_COUNT = 100;
/** All request headers together. */
export const HEADER_BYTES: number = 32 * 1024;
/** How long a signed address of a log or an artifact is good. */
export const SIGNED_CONTENT_MS: number = 15 * 60_000;
/** Nesting of a JSON body; the deepest that clients send is 8. */
export const JSON_DEPTH = 64;
/** Values in a JSON body, so that millions of empty arrays cost nothing more. */
export const JSON_VALUES = 200_000;
/** Largest page of a list. */
export const PAGE_MAX = 1000;
/** Page when the client asks for none. */
export const PAGE_DEFAULT = 100;
/** Longest name of anything. */
export const NAME_LENGTH = 256;
/** Longest value of a variable. */
export const VALUE_LENGTH: number = 32 * 1024;
/** Most variables in one request. */
export const VARIABLES = 500;
/** A lease that does not say how long it lasts. */
export const LEASE_SECONDS_DEFAULT = 60;
/** How long an answer may wait for locks; proxies cut connections that are quiet for longer. */
export const LEASE_WAIT_SECONDS = 50;
/** Questions for locks that one token may have open at once. */
export const LEASE_WAITS_PER_CALLER = 100;
/** Fewest characters of the secret of a callback. */
export const CALLBACK_SECRET_LEAST = 16;
/** Subscriptions of one project: each is told everything that happens. */
export const SUBSCRIPTIONS = 100;
/** Headers that a webhook adds to each call. */
export const TARGET_HEADERS = 20;
/** People whom one subscription mails to; more of them are a mailing list. */
export const MAIL_RECIPIENTS = 50;
/** How long a stage of Azure DevOps may hold locks without being heard of, and what is added, in minutes. */
export const GATE_MINUTES: Readonly<
  Record<'holdMinutes' | 'graceMinutes', readonly [least: number, most: number]>
> = { holdMinutes: [1, 40_000], graceMinutes: [0, 1440] };
/** Waiters of one lock in one answer; `waitersTotal` says how many there are. */
export const WAITERS_SHOWN = 100;
/** Ended requests of one lock in one answer. */
export const HISTORY_SHOWN = 200;
/** Failed sign-ins of one source within a minute, before 429 (TH16). */
export const FAILED_LOGINS_PER_MINUTE = 10;
/** Live streams of one token or session (TH21). */
export const STREAMS_PER_CALLER = 5;
/** Live streams altogether. */
export const STREAMS = 5000;
/** Bytes that one slow reader of the feed may leave unread before it is sent off to resync. */
export const STREAM_BUFFER_BYTES: number = 256 * 1024;
/** A quiet stream says that it lives, more often than proxies cut quiet connections. */
export const HEARTBEAT_MS = 15_000;
/** What a task package may be: its zip, what is in it, and how many files. */
export const TASK_PACKAGE: {
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly files: number;
} = { bytes: 128 * 1024 * 1024, unpackedBytes: 1024 * 1024 * 1024, files: 50_000 };
/** Largest secure file; the service takes as much. */
export const SECURE_FILE_BYTES: number = 10 * 1024 * 1024;
/** Steps of one job instance: log numbers leave this much room. */
export const STEPS_PER_JOB = 1000;
/** Lines of a log that are in memory at once while it is read. */
export const LOG_PAGE_LINES = 1000;
/** How long one search in logs may take; then it answers what it has. */
export const LOG_SEARCH_MS = 10_000;
/** Child records of one step that are kept (LOG-12); agents keep as many. */
export const STEP_DETAILS = 100;
/** Capabilities of one agent, and the length of each. */
export const CAPABILITIES = 500;
/** One pipeline file (RELIABILITY §1.4); the compiler refuses it earlier. */
export const FILE_BYTES: number = 2 * 1024 * 1024;
/** Lines in one log request. */
export const LOG_LINES = 10_000;
/** One line of a log; the agent cuts longer ones with a mark. */
export const LOG_LINE_LENGTH: number = 64 * 1024;
/** A git program that takes longer than this is ended. */
export const GIT_TIMEOUT_MS = 60_000;
/** Smallest length of a token that a person may set (issue 2, item 7). */
export const TOKEN_MIN_LENGTH = 20;
/** A browser's session. */
export const SESSION_MS: number = 12 * 60 * 60 * 1000;
/** A sign-in at a provider, from the button to the way back. */
export const OIDC_ATTEMPT_MS: number = 10 * 60 * 1000;
/** How far the clocks of a provider and of this server may be apart. */
export const CLOCK_SKEW_MS = 60_000;
/** How long what a provider says about itself is kept. */
export const PROVIDER_DOCUMENT_MS: number = 60 * 60 * 1000;
/** A sign-in code: long enough to click a link, too short to find in an old log. */
export const CODE_MS: number = 10 * 60 * 1000;
/** How long an effect is left to the process that took it, unless that asks for longer; then another may take it over. */
export const EFFECT_LEASE_MS = 30_000;
/** The token that goes out with the request of a check (HOOK-8). */
export const CHECK_TOKEN_MS: number = 48 * 60 * 60 * 1000;
/** Lines that services may write into the log of one check run. */
export const CHECK_LOG_LINES = 100_000;
/** How long a REST check may take to answer (HOOK-3). */
export const REST_MS = 20_000;
/** How long a function may take to answer (HOOK-3). */
export const FUNCTION_MS = 60_000;
/** An outgoing call altogether: what a REST check may take (HOOK-3); shorter than an effect is left to its taker. */
export const OUTBOUND_MS = 20_000;
/** Redirects of one outgoing call. */
export const OUTBOUND_REDIRECTS = 3;
/** The answer to an outgoing call. */
export const OUTBOUND_ANSWER_BYTES: number = 1024 * 1024;
/** Contents that an agent asks about at once. */
export const CONTENTS_ASKED = 5000;
/** A content that no row names, and nobody wanted, for so long is removed. */
export const BLOB_GRACE_MS: number = 24 * 60 * 60 * 1000;
/** How often contents and caches are looked through for what can go. */
export const SWEEP_EVERY_MS: number = 60 * 60 * 1000;
/** A cache that nobody used for so long goes, as the service's do. */
export const CACHE_UNUSED_MS: number = 7 * 24 * 60 * 60 * 1000;
/** Caches of one project together; the longest unused go first. */
export const CACHE_BYTES: number = 20 * 1024 * 1024 * 1024;
/** Longest key of a cache. */
export const CACHE_KEY_LENGTH = 512;
/** Restore keys of one request. */
export const CACHE_RESTORE_KEYS = 20;
/** Properties of an artifact. */
export const ARTIFACT_PROPERTIES = 50;

/** Tags of one machine of an environment. */
export const MACHINE_TAGS = 50;

/** Characters of such a tag. */
export const TAG_LENGTH = 64;
/** A day, in milliseconds. */
export const DAY_MS = 86_400_000;

/** For how long a deleted pipeline can be restored. */
export const RESTORABLE_MS: number = 30 * DAY_MS;

/** Longest lease on a run, in days: what clients send for "for ever". */
export const KEPT_DAYS = 36_500;
/** Leases on runs that one request adds. */
export const LEASES_AT_ONCE = 100;

/** How long a personal access token lasts when nobody says, in days. */
export const PERSONAL_TOKEN_DAYS = 30;
/** The longest that anybody may say. */
export const PERSONAL_TOKEN_DAYS_MOST = 365;
