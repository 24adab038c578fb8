import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { OPEN } from '../access/access-guard.js';
import { ACT, type ActDocument } from '../acts.js';
import { READ, type ReadRoute } from '../read/documented.js';
import { WRITE, type WriteRoute } from '../write/documented.js';

export type Controller = abstract new (...dependencies: never[]) => object;

export interface Route {
  readonly method: string;
  /** As OpenAPI writes it: `/api/v1/books/{id}/income`. */
  readonly path: string;
  /** Without prefix and braces: `['books', 'id', 'income']`. */
  readonly segments: readonly { readonly name: string; readonly variable: boolean }[];
  readonly operationId: string;
  /** The controller's method. */
  readonly handler: object;
  /** It asks nobody who he is. */
  readonly open: boolean;
  readonly write?: WriteRoute;
  readonly read?: ReadRoute;
  readonly act?: ActDocument;
}

/** Every route of the controllers, as Nest will serve it. */
export function routesOf(
  controllers: readonly Controller[],
  { prefix, outside }: { prefix: string; outside: readonly string[] },
): Route[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    const base = pathOf(controller);
    return Object.getOwnPropertyNames(prototype).flatMap((name): Route[] => {
      const handler = prototype[name];
      if (typeof handler !== 'function' || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const parts = [...base, ...pathOf(handler)];
      const path = outside.includes(parts.join('/')) ? parts : [...prefix.split('/'), ...parts];
      const write = Reflect.getMetadata(WRITE, handler) as WriteRoute | undefined;
      const read = Reflect.getMetadata(READ, handler) as ReadRoute | undefined;
      const act = Reflect.getMetadata(ACT, handler) as ActDocument | undefined;
      const open = [handler, controller].some((target) => Reflect.hasMetadata(OPEN, target));
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
      const segments = parts.map((part) => ({ name: part.replace(/^:/, ''), variable: part.startsWith(':') }));
      return [
        {
          method,
          path: `/${path.map((part) => part.replace(/^:(.+)$/, '{$1}')).join('/')}`,
          segments,
          operationId: act?.name ?? (write && uncapitalised(write.command.name)) ?? nameByPath(method, segments),
          handler,
          open,
          ...(write && { write }),
          ...(read && { read }),
          ...(act && { act }),
        },
      ];
    });
  });
}

/** `getBooksVouchersByPeriodAndVoucherNo`: the fixed words of the path, and the variables behind the last of them. */
function nameByPath(method: string, segments: Route['segments']): string {
  const trailing = segments.slice(segments.findLastIndex(({ variable }) => !variable) + 1);
  const fixed = segments
    .filter(({ variable }) => !variable)
    .map(({ name }) => name.split('-').map(capitalised).join(''));
  const by = trailing.map(({ name }) => capitalised(name)).join('And');
  return `${method}${fixed.join('')}${by === '' ? '' : `By${by}`}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function pathOf(target: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, target) as unknown;
  if (typeof path !== 'string') throw new Error('a controller or a route has more than one path, or none');
  return path.split('/').filter((part) => part !== '');
}
