import { ROUTES, type Route, type RouteName } from '../../../packages/api/src/index.ts';
import type { JsonSchema } from './json-schema.ts';
import { routeShape, type RouteShape } from './route-shape.ts';
import { SchemaWriter } from './schema-writer.ts';
import { openShapes } from './shape-program.ts';

/** The routes with their shapes, and the schemas that those refer to. */
export interface RestModel {
  readonly routes: readonly {
    readonly name: RouteName;
    readonly route: Route;
    readonly shape: RouteShape;
  }[];
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/** Reads every route and its shape; one without a shape throws. */
export function restModel(): RestModel {
  model ??= readModel();
  return model;
}

let model: RestModel | undefined;

function readModel(): RestModel {
  const program = openShapes();
  const writer = new SchemaWriter(program.checker);
  const names = Object.keys(ROUTES) as RouteName[];
  const routes = names.map((name) => ({
    name,
    route: ROUTES[name],
    shape: routeShape(program, writer, name),
  }));
  writer.schemaOf(program.typeNamed('wire/common.ts', 'WireError'));
  return { routes, components: writer.components() };
}
