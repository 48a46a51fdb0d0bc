import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAzureCliConfig, writeAzureCliConfig } from '../src/index.ts';

const FILE = `# by hand
[defaults]
organization = https://dev.azure.com/contoso
Project: 100%% Shop
; another comment
[core]
list = one
\ttwo
\t# not this
empty =
`;

describe('readAzureCliConfig', () => {
  it('reads what configparser reads: either sign, indented lines, doubled per cent, names in any letter case', () => {
    expect(readAzureCliConfig(FILE)).toEqual({
      defaults: { organization: 'https://dev.azure.com/contoso', project: '100% Shop' },
      core: { list: 'one\ntwo', empty: '' },
    });
  });

  it('leaves out what stands before the first section and what is no setting', () => {
    expect(readAzureCliConfig('a = b\n[s]\nnonsense\n= c\n')).toEqual({ s: {} });
  });
});

describe('writeAzureCliConfig', () => {
  it('lets no value become a setting or a section of its own', () => {
    const text = writeAzureCliConfig({ defaults: { project: 'a\norganization = http://evil/x\r[core]' } });
    expect(text).toBe('[defaults]\nproject = a\n\torganization = http://evil/x\n\t[core]\n\n');
    expect(Object.keys(readAzureCliConfig(text)['defaults'] ?? {})).toEqual(['project']);
  });

  it('writes what is read again as it was', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const value = fc.string().map((text) => text.replace(/[\r\n]/g, '').trim());
    const config = fc.dictionary(name, fc.dictionary(name, value, { minKeys: 1 }));
    fc.assert(
      fc.property(config, (given) => {
        expect(readAzureCliConfig(writeAzureCliConfig(given))).toEqual({ ...given });
      }),
    );
  });
});
