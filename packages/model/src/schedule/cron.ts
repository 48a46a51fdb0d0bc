/** One of the five fields of a cron text. */
interface CronField {
  readonly what: string;
  readonly min: number;
  readonly max: number;
  /** English names in order; the first stands for `min`. */
  readonly names: readonly string[];
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The fields in their order (TRIG-30). */
const FIELDS: readonly CronField[] = [
  { what: 'a minute', min: 0, max: 59, names: [] },
  { what: 'an hour', min: 0, max: 23, names: [] },
  { what: 'a day of the month', min: 1, max: 31, names: [] },
  { what: 'a month', min: 1, max: 12, names: MONTHS },
  { what: 'a day of the week', min: 0, max: 6, names: DAYS },
];

/** The times that a schedule names. A set of days that is absent leaves every day. */
export interface CronTimes {
  /** In order, 0 to 59. */
  readonly minutes: readonly number[];
  /** In order, 0 to 23. */
  readonly hours: readonly number[];
  /** 1 to 31; absent: the field is `*`. */
  readonly daysOfMonth?: ReadonlySet<number>;
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday; absent: the field is `*`. */
  readonly weekdays?: ReadonlySet<number>;
}

/** Reads a cron text of five fields; undefined when `cronProblems` finds one (TRIG-30). */
export function readCron(text: string): CronTimes | undefined {
  if (cronProblems(text).length > 0) return undefined;
  const parts = text.trim().split(/\s+/);
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = FIELDS.map((field, index) =>
    valuesOf(parts[index] ?? '', field),
  );
  return {
    minutes,
    hours,
    months: new Set(months),
    ...(isEvery(parts[2]) ? {} : { daysOfMonth: new Set(days) }),
    ...(isEvery(parts[4]) ? {} : { weekdays: new Set(weekdays) }),
  };
}

// As cron has it: a field that begins with `*` does not choose days, it thins them out.
function isEvery(part = ''): boolean {
  return part === '*' || part === '*/1';
}

/** The values of a field without problems, in order, each once. */
function valuesOf(part: string, field: CronField): readonly number[] {
  const values = part.split(',').flatMap((element) => {
    const [span = '', step] = element.split('/');
    const [from, to] = span === '*' ? [] : span.split('-').map((end) => valueOf(end, field));
    // A value with a step begins a range that goes on to the end of the field.
    const last = to ?? (from !== undefined && step === undefined ? from : field.max);
    const every = Number(step ?? 1);
    const first = from ?? field.min;
    return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, at) => first + at * every);
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

/** What is wrong with a cron text, one sentence each; empty when nothing is (TRIG-30). */
export function cronProblems(text: string): readonly string[] {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    const found = text.trim() === '' ? 'none' : String(parts.length);
    return [`A schedule has five fields, but this has ${found}.`];
  }
  return FIELDS.flatMap((field, index) =>
    (parts[index] ?? '').split(',').flatMap((one) => elementProblem(one, field)),
  );
}

/** An element of a field: `*`, a value or a range, each with a step behind `/` if wanted. */
function elementProblem(element: string, field: CronField): readonly string[] {
  const [, span = '', step] = /^([^/]*)(?:\/(.*))?$/.exec(element) ?? [];
  const problems: string[] = [];
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) >= 1)) {
    problems.push(`'${step}' is not a step: a step is a whole number of at least 1.`);
  }
  return span === '*' ? problems : [...problems, ...spanProblem(span, field)];
}

function spanProblem(span: string, field: CronField): readonly string[] {
  const ends = span.split('-');
  const [first, last] = ends.map((end) => valueOf(end, field));
  const wrong = ends.find((end) => valueOf(end, field) === undefined);
  if (wrong !== undefined || ends.length > 2) {
    const names = field.names.length === 0 ? '' : ', or an English name';
    return [`'${wrong ?? span}' is not ${field.what}: it is ${field.min} to ${field.max}${names}.`];
  }
  if (first !== undefined && last !== undefined && first > last)
    return [`The range '${span}' runs backwards.`];
  return [];
}

/** A number inside the field, or an English name: whole or its first three letters, in any letter case. */
function valueOf(text: string, { min, max, names }: CronField): number | undefined {
  if (/^\d{1,4}$/.test(text)) {
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  }
  const word = text.toLowerCase();
  const index = names.findIndex((name) =>
    [name.toLowerCase(), name.slice(0, 3).toLowerCase()].includes(word),
  );
  return index < 0 ? undefined : min + index;
}
