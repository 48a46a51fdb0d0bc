import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../run.ts';

/** The types of the shapes, as the compiler sees them in the sources. */
export interface ShapeProgram {
  readonly checker: ts.TypeChecker;
  /** The type of what a route takes and answers, by the name of the route. */
  readonly shapes: ReadonlyMap<string, ts.Type>;
  /** A type that a file of the wire declares. */
  typeNamed(file: string, name: string): ts.Type;
}

/** Reads the shapes of all routes; nothing needs to be built before. */
export function openShapes(): ShapeProgram {
  const api = join(root, 'packages/api/src');
  const table = join(api, 'shapes/table.ts');
  const program = ts.createProgram([table, join(api, 'wire/common.ts')], {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    paths: { '@signalbox/model': [join(root, 'packages/model/src/index.ts')] },
    allowImportingTsExtensions: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  });
  const checker = program.getTypeChecker();
  const typeNamed = (file: string, name: string): ts.Type => {
    const source = program.getSourceFile(join(api, file));
    const symbol = source && checker.getSymbolAtLocation(source);
    const found = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name);
    if (found === undefined) throw new Error(`${file} exports no ${name}.`);
    return checker.getDeclaredTypeOfSymbol(found);
  };
  const all = typeNamed('shapes/table.ts', 'RouteShapes');
  const shapes = checker
    .getPropertiesOfType(all)
    .map((symbol) => [symbol.name, checker.getTypeOfSymbol(symbol)] as const);
  return { checker, shapes: new Map(shapes), typeNamed };
}
