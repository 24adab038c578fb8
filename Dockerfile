# The programs of the ledger as one image: api, projector and the operator's command line. Tags are versions, not digests:
# whoever deploys pins the digests that he has pulled and looked at.
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /ledger
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --ignore-scripts
COPY build.mjs nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
RUN npm run build

# What the programs need to run, and no compiler. Node comes with the image, so the one among the packages is left out.
FROM node:26.10.0-bookworm-slim AS packages
WORKDIR /ledger
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund --ignore-scripts

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /ledger
COPY package.json ./
COPY deploy/healthy.mjs deploy/
COPY --from=packages /ledger/node_modules node_modules
COPY --from=build /ledger/dist dist
# Volumes that are empty begin as these are: their owner's alone, and their owner is the program.
RUN mkdir -m 700 /data /destroyed-keys && chown node:node /data /destroyed-keys
USER node
EXPOSE 3000
# The same flags as `npm start`: V8 collects earlier, so that memory keeps within its bounds.
ENTRYPOINT ["node", "--max-semi-space-size=8", "--heap-growing-percent=100"]
CMD ["dist/apps/api/src/main.js"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s CMD ["node", "deploy/healthy.mjs", "http://127.0.0.1:3000/health/live"]
