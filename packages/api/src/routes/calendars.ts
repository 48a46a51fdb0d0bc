import type { Route } from './route.ts';

/** Names of the routes of calendars. */
export type CalendarRoute = 'listCalendars' | 'getCalendar' | 'setCalendar' | 'removeCalendar';

const CALENDARS = '/_apis/signalbox/calendars';

/** Calendars of freezes, which business hours name. Azure DevOps does not have them. */
export const CALENDAR_ROUTES: Readonly<Record<CalendarRoute, Route>> = {
  listCalendars: {
    method: 'GET',
    scope: 'project',
    path: CALENDARS,
    permission: 'read',
    summary: 'The calendars of freezes that business hours name.',
  },
  getCalendar: {
    method: 'GET',
    scope: 'project',
    path: `${CALENDARS}/:calendar`,
    permission: 'read',
    summary: 'One calendar with its dates.',
  },
  setCalendar: {
    method: 'PUT',
    scope: 'project',
    path: `${CALENDARS}/:calendar`,
    permission: 'manageLocks',
    summary: 'Makes a calendar, or replaces its dates; checks that name it follow.',
  },
  removeCalendar: {
    method: 'DELETE',
    scope: 'project',
    path: `${CALENDARS}/:calendar`,
    permission: 'manageLocks',
    summary: 'Removes a calendar that no check names.',
  },
};
