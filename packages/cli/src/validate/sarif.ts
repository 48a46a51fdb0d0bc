import { diagnosticTable, type DiagnosticCode } from '@signalbox/compiler';
import { VERSION, type Diagnostic, type SourceRange } from '@signalbox/model';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { CheckedFile } from './check-files.ts';
import { distinct } from './summary.ts';

/** The page that describes the codes; only a checkout has it, and a rule carries its whole text anyway. */
const PAGE = new URL('../../../../docs/reference/diagnostics.md', import.meta.url);

/**
 * The diagnostics as a SARIF 2.1.0 log, which code hosts and editors show at their lines. Paths are relative to the
 * root of their repository, named by a base id where there are several.
 */
export function sarifLog(files: readonly CheckedFile[]): unknown {
  const found = distinct(files);
  const roots = [...new Set(files.map(({ root }) => root))];
  const codes = [...new Set(found.map(({ code }) => code))].toSorted();
  const baseIds = new Map(
    roots.map((root, index) => [root, index === 0 ? 'SRCROOT' : `SRCROOT${index + 1}`]),
  );
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'signalbox',
            version: VERSION,
            semanticVersion: VERSION,
            rules: codes.map(rule),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: Object.fromEntries(
          [...baseIds].map(([root, id]) => [id, { uri: pathToFileURL(`${root}/`).href }]),
        ),
        results: found.map((one) => result(one, codes.indexOf(one.code), baseIds.get(one.root) ?? 'SRCROOT')),
      },
    ],
  };
}

function rule(code: string): unknown {
  const known = Object.hasOwn(diagnosticTable, code) ? diagnosticTable[code as DiagnosticCode] : undefined;
  if (known === undefined) return { id: code };
  const { severity, summary, help, example } = known;
  return {
    id: code,
    shortDescription: { text: summary },
    fullDescription: { text: `${summary} ${help}` },
    help: {
      text: `${help}\n\nFor example:\n${example}`,
      markdown: `${help}\n\n\`\`\`yaml\n${example}\n\`\`\``,
    },
    ...(existsSync(PAGE) && { helpUri: `${PAGE.href}#${code}` }),
    defaultConfiguration: { level: severity },
  };
}

function result(one: Diagnostic, ruleIndex: number, uriBaseId: string): unknown {
  const { code, severity, message, help, range, chain = [] } = one;
  const related = chain.map((from, id) => ({
    id,
    message: { text: 'Included from here.' },
    ...location(from, uriBaseId),
  }));
  return {
    ruleId: code,
    ruleIndex,
    level: severity,
    message: { text: `${message} ${help}` },
    locations: [location(range, uriBaseId)],
    ...(related.length > 0 && { relatedLocations: related }),
  };
}

/** The end of a region is exclusive here and there; a region of no length is one position. */
function location({ file, line, column, endLine, endColumn }: SourceRange, uriBaseId: string): object {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
