import type { ReactElement, ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { hasMoved, Link } from '../../app/navigation.tsx';
import { useSession } from '../../data/context.tsx';
import { Icon } from '../icon/icon.tsx';

/** A place above the page. */
export interface Crumb {
  readonly label: string;
  /** As `Link` takes it. */
  readonly to: string;
}

interface Props {
  readonly title: string;
  /** The places above it, the project left out. */
  readonly trail?: readonly Crumb[];
  /** Stands before the title, for example the mark of a state. */
  readonly before?: ReactNode;
  /** Stands after the title: figures, states. */
  readonly after?: ReactNode;
  /** What can be done with what the page shows. */
  readonly acts?: ReactNode;
}

/**
 * The head of every page: where one is, what it is called, and what can be done. It names the tab of the browser, and
 * takes the focus when one comes from another page, so that readers of the screen hear where they are.
 */
export function Heading(props: Props): ReactElement {
  const { title, trail = [], before, after, acts } = props;
  const { project } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === project ? `${project} · Signalbox` : `${title} · ${project} · Signalbox`;
  }, [title, project]);
  useEffect(() => {
    if (hasMoved()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="heading">
      <nav className="crumbs" aria-label="Where you are">
        <Link to="">
          <bdi>{project}</bdi>
        </Link>
        {trail.map(({ label, to }) => (
          <span key={to} className="crumb">
            <Icon name="chevron" />
            <Link to={to}>
              <bdi>{label}</bdi>
            </Link>
          </span>
        ))}
      </nav>
      <div className="heading-row">
        {before}
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{title}</bdi>
        </h1>
        {after}
        {acts !== undefined && <div className="heading-acts">{acts}</div>}
      </div>
    </header>
  );
}
