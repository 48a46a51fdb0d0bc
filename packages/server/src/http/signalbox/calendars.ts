import type { Collection } from '@signalbox/api';
import { freezeProblems, neverOpens, type FreezeCalendar, type FreezeRange } from '@signalbox/model';
import { callerName } from '../../auth/principal.ts';
import {
  checksWith,
  findCalendar,
  listCalendars,
  removeCalendar,
  renewChecks,
  saveCalendar,
} from '../../calendars/calendars.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { fieldsOf } from '../read/fields.ts';
import { collection } from '../shape/common.ts';

/** The calendars of freezes that business hours name. */
export const calendarHandlers: Handlers<'listCalendars' | 'getCalendar' | 'setCalendar' | 'removeCalendar'> =
  {
    async listCalendars(ask): Promise<Collection<FreezeCalendar>> {
      return collection(await listCalendars(ask.app.store, (await ask.project()).id));
    },
    async getCalendar(ask): Promise<FreezeCalendar> {
      const { id } = await ask.project();
      const name = ask.param('calendar');
      const found = await findCalendar(ask.app.store, id, name);
      if (found === undefined) throw notFound('Calendar', `The calendar ${name.slice(0, 100)}`);
      return found;
    },
    setCalendar: async (ask) => setCalendar(ask),
    removeCalendar: async (ask) => remove(ask),
  };

async function setCalendar(ask: Ask): Promise<FreezeCalendar> {
  const project = (await ask.project()).id;
  const { store } = ask.app;
  const body = ask.body();
  const unknown = body.entries().find(([name]) => !['name', 'dates'].includes(name.toLowerCase()));
  if (unknown !== undefined) throw badRequest(`A calendar has no field "${unknown[0].slice(0, 40)}".`);
  const calendar = { name: ask.param('calendar').trim(), dates: body.list('dates').map(rangeIn) };
  const [problem] = freezeProblems(calendar);
  if (problem !== undefined) throw badRequest(problem);
  await refuseDeadHours(ask, project, calendar);
  await saveCalendar(store, project, calendar);
  const by = callerName(ask);
  await renewChecks(store, { project, calendar, by });
  return calendar;
}

/** A day, or a range of days with both ends. */
function rangeIn(value: unknown): FreezeRange {
  if (typeof value === 'string') return { from: value, to: value };
  const range = fieldsOf(value, 'Each of "dates"');
  const from = range.text('from', 10) ?? '';
  return { from, to: range.text('to', 10) ?? from };
}

/** No calendar may close the hours of a check that names it for ever. */
async function refuseDeadHours(ask: Ask, project: number, calendar: FreezeCalendar): Promise<void> {
  for (const { settings, resource } of await checksWith(ask.app.store, project, calendar.name)) {
    if (settings.kind !== 'businessHours') continue;
    const key = calendar.name.toLowerCase();
    const freezes = settings.freezes.map((one) => (one.name.toLowerCase() === key ? calendar : one));
    const problem = neverOpens({ ...settings, freezes }, ask.app.clock());
    if (problem !== undefined) throw badRequest(`${resource.name}: ${problem}`);
  }
}

async function remove(ask: Ask): Promise<undefined> {
  const project = (await ask.project()).id;
  const name = ask.param('calendar');
  const [used] = await checksWith(ask.app.store, project, name);
  if (used !== undefined) {
    const message = `The business hours of ${used.resource.name} name the calendar ${name}; take it out of them first.`;
    throw conflict('CalendarInUseException', message);
  }
  if (!(await removeCalendar(ask.app.store, project, name))) {
    throw notFound('Calendar', `The calendar ${name.slice(0, 100)}`);
  }
  await ask.reply.code(204).send();
  return undefined;
}
