import { z } from "zod";
import { ErrorBody } from "../../core/contract/error";
import type { Route } from "../../core/contract/route";

/** An OpenAPI 3.1 document of the routes, made from the same schemas that check them. */
export function openApiDocument(routes: Route[], publicUrl: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Dingboard", version: "1", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "Access token of a mini program's session." },
        cookie: { type: "apiKey", in: "cookie", name: "dingboard", description: "A browser's session." },
      },
      schemas: { Error: schemaOf(ErrorBody, "output") },
    },
  };
}

function operation(route: Route): Record<string, unknown> {
  const parameters = [...parametersOf(route.params, "path"), ...parametersOf(route.query, "query")];
  return {
    summary: route.summary,
    // Who may call it: anybody, anybody with a running session, or the instance owner.
    "x-access": route.access,
    ...(route.access === "open" ? {} : { security: [{ bearer: [] }, { cookie: [] }] }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, content: json(schemaOf(route.body, "input")) } } : {}),
    responses: {
      "200": { description: "Done", content: json(schemaOf(route.reply, "output")) },
      default: { description: "Failed", content: json({ $ref: "#/components/schemas/Error" }) },
    },
  };
}

function parametersOf(schema: z.ZodType | undefined, place: "path" | "query"): unknown[] {
  if (!schema) return [];
  const { properties, required } = z
    .object({ properties: z.record(z.string(), z.unknown()).default({}), required: z.array(z.string()).default([]) })
    .parse(schemaOf(schema, "input"));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

function json(schema: unknown): Record<string, unknown> {
  return { "application/json": { schema } };
}
