import type { ReactElement } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Tabs } from '../../components/manage/tabs.tsx';
import { ConnectionList } from './connection-list.tsx';
import { ConnectionPage } from './connection-page.tsx';
import { FileList } from './file-list.tsx';
import { FilePage } from './file-page.tsx';
import { GroupList } from './group-list.tsx';
import { GroupPage } from './group-page.tsx';
import '../../components/manage/manage.css';

const PARTS = [
  { part: 'groups', label: 'Variable groups', List: GroupList, One: GroupPage },
  { part: 'connections', label: 'Service connections', List: ConnectionList, One: ConnectionPage },
  { part: 'files', label: 'Secure files', List: FileList, One: FilePage },
] as const;

/** Variable groups, service connections and secure files; one of them, where the address names it. */
export function LibraryPage({ rest }: PageProps): ReactElement {
  const [part = 'groups', id] = rest;
  const found = PARTS.find((one) => one.part === part);
  if (found === undefined) return <NotFound what={`The page “${part}” of the library`} />;
  const { List, One } = found;
  if (id !== undefined) return <One key={id} id={id} />;
  return (
    <>
      <Heading title="Library" />
      <Tabs
        label="Parts of the library"
        tabs={PARTS.map((one) => ({
          to: `library/${one.part}`,
          label: one.label,
          current: one.part === part,
        }))}
      />
      <div className="manage">
        <List />
      </div>
    </>
  );
}
