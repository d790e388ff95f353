# Hum in a container: no shell script, no package manager run at start, nothing to write but /var/lib/hum.

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image has its own Node.js; the one that comes as a package is for machines without.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    HUM_HOST=0.0.0.0 \
    HUM_PORT=3000 \
    HUM_STATE=/var/lib/hum/state.sqlite
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY data data
COPY web web
COPY src src
# Builds the sandbox's data set into the image, so that it can start on a read-only file system.
RUN node src/cli/main.ts data info && mkdir -p /var/lib/hum && chown node:node /var/lib/hum
USER node
VOLUME /var/lib/hum
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.HUM_PORT + '/health/live').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/cli/main.ts"]
CMD ["serve"]
