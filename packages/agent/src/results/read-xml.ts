import { readFile, stat } from 'node:fs/promises';
import { SaxesParser } from 'saxes';
import { RESULT_FILE_BYTES, XML_DEPTH } from '../limits.ts';

/** An element of a result file, with its name as it is written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

/** A result file that cannot be read, and why. */
export class ResultFileError extends Error {
  override readonly name = 'ResultFileError';
}

/** Reads an XML file of a bounded size. */
export async function readXml(path: string): Promise<XmlElement> {
  const { size } = await stat(path);
  if (size > RESULT_FILE_BYTES) throw new ResultFileError(`It has more than ${RESULT_FILE_BYTES} bytes.`);
  return parseXml(await readFile(path, 'utf8'));
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/**
 * Parses a document. Nothing is fetched and no entity of its own is expanded: a document that declares any is refused,
 * and so is one that is nested without end (TH11).
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: XmlElement | undefined;
  parser.on('doctype', (doctype) => {
    if (/<!ENTITY/i.test(doctype)) throw new ResultFileError('It declares entities.');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= XML_DEPTH) throw new ResultFileError(`It is nested deeper than ${XML_DEPTH}.`);
    open.push({ name, attributes, children: [], text: '' });
  });
  const addText = (part: string): void => {
    const last = open.at(-1);
    if (last !== undefined) last.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (element === undefined) return;
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  parser.on('error', (error) => {
    throw new ResultFileError(error.message);
  });
  parser.write(text.startsWith('\uFEFF') ? text.slice(1) : text).close();
  if (root === undefined) throw new ResultFileError('It is empty.');
  return root;
}

/** The direct children of a name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The first direct child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** All elements of a name below, in the order of the document. */
export function* descendantsOf(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    yield* descendantsOf(child, name);
  }
}
