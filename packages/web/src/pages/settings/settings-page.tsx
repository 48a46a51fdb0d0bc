import type { ReactElement } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Tabs } from '../../components/manage/tabs.tsx';
import { BrowserPart } from './browser-part.tsx';
import { CalendarsPart } from './calendars-part.tsx';
import { ProjectPart } from './project-part.tsx';
import { RetentionPart } from './retention-part.tsx';
import '../../components/manage/manage.css';

const PARTS = [
  { part: 'project', label: 'Project', Part: ProjectPart },
  { part: 'retention', label: 'How long runs are kept', Part: RetentionPart },
  { part: 'calendars', label: 'Calendars', Part: CalendarsPart },
  { part: 'browser', label: 'This browser', Part: BrowserPart },
] as const;

/** What holds for the project, and what this browser is to do. */
export function SettingsPage({ rest }: PageProps): ReactElement {
  const [part = 'project'] = rest;
  const found = PARTS.find((one) => one.part === part);
  if (found === undefined) return <NotFound what={`The page “${part}” of the settings`} />;
  const { Part } = found;
  return (
    <>
      <Heading title="Settings" />
      <Tabs
        label="Parts of the settings"
        tabs={PARTS.map((one) => ({ to: `settings/${one.part}`, label: one.label, current: one === found }))}
      />
      <div className="manage">
        <Part />
      </div>
    </>
  );
}
