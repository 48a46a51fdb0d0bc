import type { ReactElement } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Tabs } from '../../components/manage/tabs.tsx';
import { GroupsPart } from './groups-part.tsx';
import { RolesPart } from './roles-part.tsx';
import { TokensPart } from './tokens-part.tsx';
import { UsersPart } from './users-part.tsx';
import '../../components/manage/manage.css';

const PARTS = [
  { part: 'tokens', label: 'Tokens', Part: TokensPart },
  { part: 'users', label: 'Users', Part: UsersPart },
  { part: 'groups', label: 'Groups', Part: GroupsPart },
  { part: 'roles', label: 'Roles', Part: RolesPart },
] as const;

/** Tokens, users, groups, and who has which role. */
export function PeoplePage({ rest }: PageProps): ReactElement {
  const [part = 'tokens'] = rest;
  const found = PARTS.find((one) => one.part === part);
  if (found === undefined) return <NotFound what={`The page “${part}” of people`} />;
  const { Part } = found;
  return (
    <>
      <Heading title="People and access" />
      <Tabs
        label="Parts of people and access"
        tabs={PARTS.map((one) => ({ to: `people/${one.part}`, label: one.label, current: one === found }))}
      />
      <div className="manage">
        <Part />
      </div>
    </>
  );
}
