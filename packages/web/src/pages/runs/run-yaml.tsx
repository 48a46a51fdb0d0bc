import type { RunYamlView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useEffect, useRef } from 'react';
import { useAddress } from '../../app/navigation.tsx';
import { Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { useRunYaml } from '../../data/run.ts';

/** The pipeline of a run as it was expanded, and the way to each of its stages. */
export function RunYaml(props: { readonly run: number }): ReactElement {
  const yaml = useRunYaml(props.run);
  if (yaml.error !== null) return <Trouble error={yaml.error} again={() => void yaml.refetch()} />;
  if (yaml.data === undefined) return <Skeleton what="the expanded YAML" rows={6} />;
  return <Text view={yaml.data} />;
}

function Text({ view }: { readonly view: RunYamlView }): ReactElement {
  const { hash } = useAddress();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (hash === '') return;
    box.current?.querySelector(`#${CSS.escape(hash)}`)?.scrollIntoView({ block: 'center' });
  }, [hash, view]);
  return (
    <div className="yaml">
      <nav className="yaml-stages" aria-label="Stages in the text">
        <ul>
          {view.stages.map(({ name, line, source }) => (
            <li key={name}>
              <a href={`#L${line}`}>
                <bdi>{name}</bdi>
              </a>{' '}
              <span className="yaml-source">
                {source.file}:{source.line}
              </span>
            </li>
          ))}
        </ul>
      </nav>
      <div className="yaml-text" ref={box} tabIndex={0} role="region" aria-label="Expanded YAML">
        {view.yaml.split('\n').map((text, index) => {
          const id = `L${index + 1}`;
          return (
            <div key={id} id={id} className={`yaml-line${id === hash ? ' yaml-target' : ''}`}>
              <a href={`#${id}`} className="yaml-number" aria-label={`Line ${index + 1}`}>
                {index + 1}
              </a>
              <span>{text}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
