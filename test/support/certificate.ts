import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MadeCertificate {
  cert: Buffer;
  key: Buffer;
  /** What a client must trust: the certificate is its own authority. */
  caFile: string;
}

/** A certificate for `localhost`, made in the directory; undefined where there is no openssl. */
export function makeCertificate(directory: string): MadeCertificate | undefined {
  const [caFile, keyFile] = [join(directory, 'node.crt'), join(directory, 'node.key')];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=eventstoredb-node', '-addext', 'subjectAltName=DNS:localhost'];
  const made = spawnSync('openssl', [...request, ...subject, '-keyout', keyFile, '-out', caFile]);
  if (made.error) return undefined;
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr.toString('utf8')}`);
  return { cert: readFileSync(caFile), key: readFileSync(keyFile), caFile };
}
