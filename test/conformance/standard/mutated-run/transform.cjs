const { resolve } = require('node:path');
const swc = require('@swc/jest');

/** Compiles as always, but for one source file, in which a behaviour is switched off. */
exports.createTransformer = ({ swc: options, file, from, to }) => {
  const compiler = swc.createTransformer(options);
  const changed = file && resolve(file);
  const sourceOf = (source, path) => {
    if (path !== changed) return source;
    const parts = source.split(from);
    if (parts.length !== 2)
      throw new Error(`${file} holds ${JSON.stringify(from)} ${parts.length - 1} times, not once`);
    return parts.join(to);
  };
  return {
    ...compiler,
    process: (source, path, more) => compiler.process(sourceOf(source, path), path, more),
    getCacheKey: (source, path, more) => compiler.getCacheKey(sourceOf(source, path), path, more),
  };
};
