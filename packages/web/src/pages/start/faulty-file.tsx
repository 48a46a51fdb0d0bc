import type { FilePreview, WireDiagnostic } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Icon } from '../../components/icon/icon.tsx';
import type { PreviewLine } from '../../view-models/start/preview.ts';
import { faultyParts, otherProblems } from '../../view-models/start/preview.ts';

/** The lines of a file that are not right, each mistake below its own. */
export function FaultyFile(props: { readonly preview: FilePreview; readonly path: string }): ReactElement {
  const { preview, path } = props;
  const others = otherProblems(preview, path);
  return (
    <div className="faulty">
      {faultyParts(preview, path).map((part) => (
        <div
          key={part[0]?.number}
          className="faulty-part"
          tabIndex={0}
          role="group"
          aria-label={`From line ${part[0]?.number ?? 1}`}
        >
          {part.map((line) => (
            <Line key={line.number} line={line} />
          ))}
        </div>
      ))}
      {others.length > 0 && (
        <ul className="faulty-others">
          {others.map((one) => (
            <li key={`${one.file}:${one.line}:${one.message}`}>
              <code>
                {one.file}:{one.line}:{one.column}
              </code>
              <Mistake problem={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Line({ line }: { readonly line: PreviewLine }): ReactElement {
  return (
    <>
      <div className={`faulty-line${line.problems.length > 0 ? ' faulty-here' : ''}`}>
        <span className="faulty-number">{line.number}</span>
        <code>{line.text}</code>
      </div>
      {line.problems.map((problem) => (
        <Mistake key={`${problem.column} ${problem.message}`} problem={problem} />
      ))}
    </>
  );
}

function Mistake({ problem }: { readonly problem: WireDiagnostic }): ReactElement {
  return (
    <p className="faulty-mistake">
      <Icon name="failed" tone="bad" />
      <span>
        <span className="hidden">
          Line {problem.line}, column {problem.column}:{' '}
        </span>
        <strong>{problem.message}</strong> {problem.help}
      </span>
    </p>
  );
}
