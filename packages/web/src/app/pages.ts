import type { ComponentType } from 'react';
import { lazy } from 'react';
import type { IconName } from '../components/icon/glyphs.tsx';
import type { KeyHelp } from '../components/dialogs/help-dialog.tsx';
import type { PageProps } from './page-props.ts';

/** A page of a project. */
export interface PageEntry {
  /** The first part of its address behind the project; of `home` there is none. */
  readonly name: string;
  /** As the navigation calls it. */
  readonly title: string;
  readonly icon: IconName;
  /** The letter that leads there after `g`. */
  readonly key?: string;
  /** The keys that it has beside those of every page. */
  readonly keys?: readonly KeyHelp[];
  /** It is led to from other pages, and does not stand in the navigation. */
  readonly unlisted?: true;
  /** Read when it is shown first: a page costs nobody anything who does not open it. */
  readonly Page: ComponentType<PageProps>;
}

/** Every page, in the order of the navigation. */
export const PAGES: readonly PageEntry[] = [
  {
    name: 'home',
    title: 'Home',
    icon: 'home',
    key: 'h',
    Page: page(async () => (await import('../pages/home/home-page.tsx')).HomePage),
  },
  {
    name: 'pipelines',
    title: 'Pipelines',
    icon: 'pipeline',
    key: 'p',
    Page: page(async () => (await import('../pages/pipelines/pipelines-page.tsx')).PipelinesPage),
  },
  {
    name: 'start',
    title: 'New pipeline',
    icon: 'pipeline',
    unlisted: true,
    Page: page(async () => (await import('../pages/start/start-page.tsx')).StartPage),
  },
  {
    name: 'runs',
    title: 'Runs',
    icon: 'play',
    key: 'r',
    Page: page(async () => (await import('../pages/runs/runs-page.tsx')).RunsPage),
  },
  {
    name: 'locks',
    title: 'Locks',
    icon: 'held',
    key: 'l',
    Page: page(async () => (await import('../pages/locks/locks-page.tsx')).LocksPage),
  },
  {
    name: 'approvals',
    title: 'Approvals',
    icon: 'approval',
    key: 'a',
    keys: [
      { keys: ['a'], does: 'go to the button that approves; Enter then approves' },
      { keys: ['x'], does: 'choose the approval, to approve several at once' },
    ],
    Page: page(async () => (await import('../pages/approvals/approvals-page.tsx')).ApprovalsPage),
  },
  {
    name: 'environments',
    title: 'Environments',
    icon: 'environment',
    key: 'e',
    Page: page(async () => (await import('../pages/environments/environments-page.tsx')).EnvironmentsPage),
  },
  {
    name: 'board',
    title: 'Board',
    icon: 'board',
    key: 'b',
    keys: [
      { keys: ['Enter'], does: 'open or close the run' },
      { keys: ['c'], does: 'cancel the run (asks first)' },
      { keys: ['q'], does: 'queue a run' },
    ],
    Page: page(async () => (await import('../pages/board/board-page.tsx')).BoardPage),
  },
  {
    name: 'pools',
    title: 'Agents',
    icon: 'queue',
    key: 'm',
    Page: page(async () => (await import('../pages/pools/pools-page.tsx')).PoolsPage),
  },
  {
    name: 'library',
    title: 'Library',
    icon: 'variablegroup',
    key: 'v',
    Page: page(async () => (await import('../pages/library/library-page.tsx')).LibraryPage),
  },
  {
    name: 'triggers',
    title: 'Triggers',
    icon: 'trigger',
    key: 't',
    Page: page(async () => (await import('../pages/triggers/triggers-page.tsx')).TriggersPage),
  },
  {
    name: 'notifications',
    title: 'Notifications',
    icon: 'bell',
    key: 'n',
    Page: page(async () => (await import('../pages/notifications/notifications-page.tsx')).NotificationsPage),
  },
  {
    name: 'people',
    title: 'People',
    icon: 'person',
    key: 'u',
    Page: page(async () => (await import('../pages/people/people-page.tsx')).PeoplePage),
  },
  {
    name: 'audit',
    title: 'Audit log',
    icon: 'log',
    key: 'd',
    Page: page(async () => (await import('../pages/audit/audit-page.tsx')).AuditPage),
  },
  {
    name: 'settings',
    title: 'Settings',
    icon: 'settings',
    key: 's',
    Page: page(async () => (await import('../pages/settings/settings-page.tsx')).SettingsPage),
  },
];

/** The page of a name. */
export function pageNamed(name: string): PageEntry | undefined {
  return PAGES.find((entry) => entry.name === name);
}

function page(load: () => Promise<ComponentType<PageProps>>): ComponentType<PageProps> {
  return lazy(async () => ({ default: await load() }));
}
