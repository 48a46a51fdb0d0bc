import type { ReactElement } from 'react';
import { useSession } from '../../data/context.tsx';
import { Copied } from './copied.tsx';
import './manage.css';

/** A badge with the Markdown that shows it elsewhere, for example in a README. */
export function Badge(props: {
  /** The place of the picture below the organisation. */
  readonly picture: string;
  /** What it is of, for those who do not see it. */
  readonly alt: string;
  /** The page that it leads to, below the project. */
  readonly to: string;
}): ReactElement {
  const { picture, alt, to } = props;
  const { me, project } = useSession();
  const home = `${location.origin}/${encodeURIComponent(me.organization)}`;
  const address = `${home}/${picture}`;
  const text = alt.replaceAll(/[[\]\\]/g, ' ');
  return (
    <details className="badge">
      <summary>Badge</summary>
      <p>
        <img src={address} alt={alt} height={20} />
      </p>
      <Copied
        label={`Markdown of the badge of ${alt}`}
        text={`[![${text}](${address})](${home}/${encodeURIComponent(project)}/${to})`}
      />
      <p className="part-note">
        The settings of the project say whether anybody may see badges, or only who may read the project.
      </p>
    </details>
  );
}
