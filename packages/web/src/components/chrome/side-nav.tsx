import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { PageEntry } from '../../app/pages.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly pages: readonly PageEntry[];
  /** The name of the page that is open. */
  readonly current: string;
  /** Shown on a phone, where it lies over the page. */
  readonly open: boolean;
  readonly close: () => void;
}

/** The ways to the pages of a project: beside the page, or on a phone over it. */
export function SideNav(props: Props): ReactElement {
  const { pages, current, open, close } = props;
  const listed = pages.filter(({ unlisted }) => unlisted !== true);
  return (
    <>
      {open && <div className="side-shade" onClick={close} />}
      <nav
        id="pages"
        className={`side${open ? ' side-open' : ''}`}
        aria-label="Pages"
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        <ul>
          {listed.map(({ name, title, icon, key }) => (
            <li key={name}>
              <Link
                to={name === 'home' ? '' : name}
                className="side-link"
                aria-current={name === current ? 'page' : undefined}
                onClick={close}
              >
                <Icon name={icon} />
                <span>{title}</span>
                {key !== undefined && <kbd aria-hidden="true">g {key}</kbd>}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
