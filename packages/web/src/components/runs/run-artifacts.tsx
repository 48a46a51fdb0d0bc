import type { ReactElement } from 'react';
import { useArtifacts } from '../../data/artifacts.ts';
import { artifactList } from '../../view-models/artifact-list.ts';

/** The artifacts of a run, to download; nothing where it has none. */
export function RunArtifacts(props: {
  readonly run: number;
  readonly running: boolean;
  readonly heading: 'h3' | 'h4';
}): ReactElement | null {
  const Title = props.heading;
  const { data = [] } = useArtifacts(props.run, props.running);
  if (data.length === 0) return null;
  return (
    <section className="detail-stage artifacts">
      <Title>Artifacts</Title>
      <ul className="reasons">
        {artifactList(data).map(({ key, name, about, href }) => (
          <li key={key}>
            {href === undefined ? (
              <bdi>{name}</bdi>
            ) : (
              <a href={href} download>
                <bdi>{name}</bdi>
              </a>
            )}
            {about !== '' && (
              <>
                {' '}
                <bdi>{about}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
