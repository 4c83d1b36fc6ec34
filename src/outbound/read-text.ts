import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { TransportError } from './transport-error.ts';

/** Reads a body piece by piece and hangs up as soon as it is longer than allowed. @throws TransportError */
export async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    response.destroy();
    throw new TransportError('too-long');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of decompressed(response)) {
      bytes += (chunk as Buffer).byteLength;
      if (bytes > maxBytes) throw new TransportError('too-long'); // Leaving the loop destroys the stream.
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    throw error instanceof TransportError ? error : new TransportError('broken');
  }
  return new TextDecoder().decode(Buffer.concat(chunks, bytes));
}

function decompressed(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return response;
  const unpack = encoding === 'br' ? createBrotliDecompress() : createGunzip();
  return pipeline(response, unpack, () => undefined);
}
