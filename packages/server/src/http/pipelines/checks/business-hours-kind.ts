import { BUSINESS_HOURS_TASK } from '@signalbox/api';
import {
  businessHoursProblems,
  clockText,
  daysText,
  MAX_FREEZE_CALENDARS,
  neverOpens,
  readClock,
  readDays,
  readWindows,
  windowsText,
  type BusinessHoursSettings,
  type FreezeCalendar,
  type HoursWindow,
  type Read,
} from '@signalbox/model';
import { findCalendar } from '../../../calendars/calendars.ts';
import { badRequest } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { readTask, TASK_MINUTES, TASK_TYPE, writeTask } from './task-settings.ts';
import type { ReadContext, WireKind } from './wire-kind.ts';

const TASK = { id: BUSINESS_HOURS_TASK, name: 'evaluateBusinessHours', version: '0.0.1' };

const TITLE = 'a check of business hours';

/** The last two are ours. */
const INPUTS = ['businessDays', 'timeZone', 'startTime', 'endTime', 'windows', 'calendars'];

/** The longest text of windows. */
const MAX_WINDOWS_TEXT = 4000;

/** Business hours on the wire (BH-1). */
export const businessHoursKind: WireKind<BusinessHoursSettings> = {
  title: TITLE,
  type: TASK_TYPE,
  tasks: [TASK],
  defaultMinutes: TASK_MINUTES,
  async read(settings, context) {
    const { base } = context;
    const { common, inputs } = readTask(settings, INPUTS, { title: TITLE, base });
    const read: BusinessHoursSettings = {
      kind: 'businessHours',
      ...common,
      timeZone: inputs.text('timeZone') ?? base?.timeZone ?? '',
      windows: windowsIn(inputs, base?.windows),
      freezes: inputs.has('calendars') ? await calendarsIn(inputs, context) : (base?.freezes ?? []),
    };
    const right = businessHoursProblems(read).length === 0;
    const problem = right ? neverOpens(read, context.now) : undefined;
    if (problem !== undefined) throw badRequest(problem);
    return read;
  },
  write(settings) {
    const { timeZone, windows, freezes } = settings;
    const [only] = windows;
    const calendars = freezes.map(({ name }) => name).join(', ');
    return writeTask(settings, TASK, {
      timeZone,
      ...(only !== undefined && windows.length === 1
        ? {
            businessDays: daysText(only.days),
            startTime: clockText(only.start),
            endTime: clockText(only.end),
          }
        : { windows: windowsText(windows) }),
      ...(calendars !== '' && { calendars }),
    });
  },
};

/** One window as Azure sends it, or several in a text of ours. */
function windowsIn(inputs: Fields, base: readonly HoursWindow[] = []): readonly HoursWindow[] {
  const text = inputs.text('windows', MAX_WINDOWS_TEXT);
  const parts = ['businessDays', 'startTime', 'endTime'].filter((name) => inputs.has(name));
  if (text !== undefined && parts.length > 0) {
    throw badRequest('Give "windows", or "businessDays" with "startTime" and "endTime", not both.');
  }
  if (text !== undefined) return valueOf('windows', readWindows(text));
  if (parts.length === 0) return base;
  const [only] = base.length === 1 ? base : [];
  const days = inputs.text('businessDays');
  return [
    {
      days: days === undefined ? (only?.days ?? []) : valueOf('businessDays', readDays(days)),
      start: timeIn(inputs, 'startTime', only?.start),
      end: timeIn(inputs, 'endTime', only?.end),
    },
  ];
}

function timeIn(inputs: Fields, name: string, base: number | undefined): number {
  const text = inputs.text(name);
  if (text !== undefined) return valueOf(name, readClock(text));
  if (base !== undefined) return base;
  throw badRequest(`"${name}" is missing; give it as 08:00.`);
}

function valueOf<T>(name: string, read: Read<T>): T {
  if ('problem' in read) throw badRequest(`"${name}": ${read.problem}`);
  return read.value;
}

async function calendarsIn(
  inputs: Fields,
  { store, project }: Pick<ReadContext<BusinessHoursSettings>, 'store' | 'project'>,
): Promise<readonly FreezeCalendar[]> {
  const text = inputs.text('calendars', MAX_WINDOWS_TEXT) ?? '';
  const names = text.split(',').map((one) => one.trim());
  const wanted = names.filter((one) => one !== '').slice(0, MAX_FREEZE_CALENDARS + 1);
  return Promise.all(
    wanted.map(async (name) => {
      const found = await findCalendar(store, project, name);
      if (found !== undefined) return found;
      throw badRequest(
        `"calendars" names ${name.slice(0, 100)}, which the project does not have; make it first.`,
      );
    }),
  );
}
