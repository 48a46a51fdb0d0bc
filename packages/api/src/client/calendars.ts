import type { FreezeCalendar, FreezeRange } from '@signalbox/model';
import { ROUTES } from '../routes/table.ts';
import type { Collection } from '../wire/common.ts';
import type { Transport } from './transport.ts';

/** Calendars of freezes, which business hours name. */
export interface CalendarsClient {
  listCalendars(project: string): Promise<Collection<FreezeCalendar>>;
  getCalendar(project: string, calendar: string): Promise<FreezeCalendar>;
  /** Makes it, or replaces its dates. */
  setCalendar(project: string, calendar: string, dates: readonly FreezeRange[]): Promise<FreezeCalendar>;
  removeCalendar(project: string, calendar: string): Promise<void>;
}

/** The calls of `CalendarsClient`. */
export function calendarsClient(transport: Transport): CalendarsClient {
  return {
    listCalendars: (project) => transport.json(ROUTES.listCalendars, { path: { project } }),
    getCalendar: (project, calendar) => transport.json(ROUTES.getCalendar, { path: { project, calendar } }),
    setCalendar: (project, calendar, dates) =>
      transport.json(ROUTES.setCalendar, { path: { project, calendar }, body: { dates } }),
    removeCalendar: (project, calendar) =>
      transport.json(ROUTES.removeCalendar, { path: { project, calendar } }),
  };
}
