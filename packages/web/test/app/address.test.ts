import { describe, expect, it } from 'vitest';
import { pathTo, readAddress, withQuery } from '../../src/app/address.ts';

function read(href: string): string {
  const { organization, project, page, rest, query, hash } = readAddress(
    new URL(href, 'http://localhost:8080'),
  );
  const place = [organization ?? '-', project ?? '-', page, ...rest].join(' ');
  const asked = [...query].map(([name, value]) => ` ${name}=${value}`).join('');
  return `${place}${asked}${hash === '' ? '' : ` #${hash}`}`;
}

describe('readAddress', () => {
  it.each([
    ['/', '- - home'],
    ['/default', 'default - home'],
    ['/default/Demo', 'default Demo home'],
    ['/default/Demo/', 'default Demo home'],
    ['/default/My%20shop%2Fx/runs/51', 'default My shop/x runs 51'],
    ['/default/Demo/runs/51/log/7#L12', 'default Demo runs 51 log 7 #L12'],
    ['/default/Demo/runs?branch=main', 'default Demo runs branch=main'],
    ['/default/%E0%A4%A', 'default %E0%A4%A home'],
  ])('reads %s', (href, expected) => {
    expect(read(href)).toBe(expected);
  });

  it.each([
    ['/o/p/_build', 'o p pipelines'],
    ['/o/p/_build?definitionId=3', 'o p pipelines 3 definitionId=3'],
    ['/o/p/_build/results?buildId=51&view=results', 'o p runs 51 buildId=51 view=results'],
    ['/o/p/_build/results?buildId=51&view=logs&j=1', 'o p runs 51 log buildId=51 view=logs j=1'],
    ['/o/p/_BUILD/results?buildId=51&view=artifacts', 'o p runs 51 artifacts buildId=51 view=artifacts'],
    ['/o/p/_environments/4?view=deployments', 'o p environments 4 view=deployments'],
    ['/o/p/_settings/agentqueues', 'o p settings'],
  ])('leads from the address of Azure %s to our page', (href, expected) => {
    expect(read(href)).toBe(expected);
  });

  it('leads from the links of old mails to the run', () => {
    expect(read('/?project=Demo#run-51')).toBe('- Demo runs 51');
    expect(read('/?project=Demo')).toBe('- Demo home');
  });
});

describe('pathTo', () => {
  it('escapes the names', () => {
    expect(pathTo('default', 'a/b c', 'runs/51')).toBe('/default/a%2Fb%20c/runs/51');
    expect(pathTo('default', 'Demo', '')).toBe('/default/Demo');
  });
});

describe('withQuery', () => {
  it('leaves out what is empty', () => {
    expect(withQuery('runs', { branch: 'a&b', text: '', state: undefined })).toBe('runs?branch=a%26b');
    expect(withQuery('runs', {})).toBe('runs');
  });
});
