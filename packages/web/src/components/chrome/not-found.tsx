import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Empty } from '../feedback/notice.tsx';
import { Heading } from './heading.tsx';

/** Shown where an address names nothing: what was looked for, and the ways on. */
export function NotFound(props: { readonly what: string }): ReactElement {
  return (
    <>
      <Heading title="Not found" />
      <Empty title={`${props.what} is not here`}>
        <p>The address may be old or mistyped, or what it names was deleted.</p>
        <p>
          <Link to="runs">All runs</Link> · <Link to="pipelines">All pipelines</Link> ·{' '}
          <Link to="">Home of the project</Link>
        </p>
      </Empty>
    </>
  );
}
