import type { WireArtifact } from '@signalbox/api';

/** An artifact as the page lists it. */
export interface ArtifactLine {
  readonly key: string;
  readonly name: string;
  /** Its size, or where it is; empty: not known. */
  readonly about: string;
  /** Downloads its files; absent: they are elsewhere. */
  readonly href?: string;
}

/** The artifacts of a run; a place elsewhere is only named, never linked: who knows where it leads. */
export function artifactList(artifacts: readonly WireArtifact[]): readonly ArtifactLine[] {
  return artifacts.map(({ id, name, resource }) => {
    const { type, data, downloadUrl, properties } = resource;
    const key = String(id);
    if (type !== 'PipelineArtifact' && type !== 'Container') return { key, name, about: data };
    const bytes = properties['artifactsize'];
    return {
      key,
      name,
      about: bytes === undefined ? '' : sizeText(Number(bytes)),
      href: pathOf(downloadUrl),
    };
  });
}

/** The server may be known by another name than the page was opened with. */
function pathOf(address: string): string {
  return address.replace(/^[a-z]+:\/\/[^/]+/i, '');
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes in words: `1.5 kB`. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit] ?? ''}`;
}
