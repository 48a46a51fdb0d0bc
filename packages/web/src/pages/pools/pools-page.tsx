import type { ReactElement } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { PoolList } from './pool-list.tsx';
import { PoolPage } from './pool-page.tsx';
import '../../components/manage/manage.css';

/** The pools of the organisation, or the one that the address names. */
export function PoolsPage({ rest }: PageProps): ReactElement {
  const [id] = rest;
  if (id === undefined) return <PoolList />;
  return /^\d{1,15}$/.test(id) ? <PoolPage id={Number(id)} /> : <NotFound what={`The pool “${id}”`} />;
}
