# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/build-pages.mjs ./scripts/
COPY src ./src
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
# HOST=0.0.0.0 makes the service reachable from outside the container. It refuses to start that way without AUTH=on,
# until ALLOW_OPEN_BIND=true says that a proxy in front of it authenticates. The clients file (CLIENTS_FILE) and a
# hospital's overlay (SITE_POLICY_DIR) are mounted read-only. Nothing is written until DATA_DIR=/data names a mounted
# volume.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 SANDBOX=off
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY hooks ./hooks
COPY fhir-fixtures ./fhir-fixtures
COPY LICENSE NOTICE ./
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The exec form: node is process 1 and receives SIGTERM itself; main.js closes the listener and exits.
CMD ["node", "dist/main.js"]
