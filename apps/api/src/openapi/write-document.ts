import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { openapiDocument } from './document.js';
import { permissionTable } from './permission-table.js';
import { controllers } from '../controllers.js';

/**
 * Writes the document to `dist/openapi.json`, for linters and generators of clients, and the table of its roles to
 * `docs/permissions.md`, for people; starts no server.
 */
const document = openapiDocument(controllers);
mkdirSync('dist', { recursive: true });
writeFileSync('dist/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
writeFileSync('docs/permissions.md', permissionTable(document));
