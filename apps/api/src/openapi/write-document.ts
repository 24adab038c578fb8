import 'reflect-metadata';
import { mkdirSync, writeFileSync } from 'node:fs';
import { openapiDocument } from './document.js';
import { controllers } from '../controllers.js';

/** Writes the document to `dist/openapi.json`, for linters and generators of clients; starts no server. */
mkdirSync('dist', { recursive: true });
writeFileSync('dist/openapi.json', `${JSON.stringify(openapiDocument(controllers), null, 2)}\n`);
