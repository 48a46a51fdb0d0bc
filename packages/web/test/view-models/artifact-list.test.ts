import type { WireArtifact } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { artifactList } from '../../src/view-models/artifact-list.ts';

function artifact(name: string, resource: Partial<WireArtifact['resource']>): WireArtifact {
  const url = `https://box.example:8080/default/p/_apis/build/builds/7/artifacts?artifactName=${name}`;
  const usual = {
    type: 'PipelineArtifact',
    data: '',
    properties: {},
    url,
    downloadUrl: `${url}&%24format=zip`,
  };
  return { id: 3, name, source: 'guid', resource: { ...usual, ...resource } };
}

describe('artifactList', () => {
  it('links what has files, by a path of this server whatever its name is, and says how large it is', () => {
    const sizes = ['0', '999', '1500', '2000000000'].map((artifactsize) =>
      artifact('web', { properties: { artifactsize } }),
    );
    expect(artifactList(sizes).map(({ about }) => about)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.5 kB',
      '2.0 GB',
    ]);
    expect(artifactList(sizes)[0]?.href).toBe(
      '/default/p/_apis/build/builds/7/artifacts?artifactName=web&%24format=zip',
    );
    expect(artifactList([artifact('logs', { type: 'Container' })])).toMatchObject([
      { name: 'logs', about: '' },
    ]);
  });

  it('links no place elsewhere', () => {
    const evil = artifact('share', {
      type: 'FilePath',
      data: 'javascript:alert(1)',
      downloadUrl: 'javascript:alert(1)',
    });
    expect(artifactList([evil])).toEqual([{ key: '3', name: 'share', about: 'javascript:alert(1)' }]);
  });
});
